namespace Cancela.IntegrationTests.Redis;

public sealed class Redis_doorbells() : Redis_doorbell_contract(cluster: false);
