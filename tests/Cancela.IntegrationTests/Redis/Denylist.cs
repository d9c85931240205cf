namespace Cancela.IntegrationTests.Redis;

public sealed class Denylist() : Denylist_contract(cluster: false);
