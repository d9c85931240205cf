namespace Cancela.IntegrationTests.Redis;

public sealed class Redis_doorbells_on_a_cluster() : Redis_doorbell_contract(cluster: true);
