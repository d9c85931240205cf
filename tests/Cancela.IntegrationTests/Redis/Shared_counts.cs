namespace Cancela.IntegrationTests.Redis;

public sealed class Shared_counts() : Shared_counts_contract(cluster: false);
