namespace Cancela.IntegrationTests.Redis;

public sealed class Shared_counts_on_a_cluster() : Shared_counts_contract(cluster: true);
