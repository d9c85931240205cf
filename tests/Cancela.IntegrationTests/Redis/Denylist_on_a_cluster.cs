namespace Cancela.IntegrationTests.Redis;

public sealed class Denylist_on_a_cluster() : Denylist_contract(cluster: true);
