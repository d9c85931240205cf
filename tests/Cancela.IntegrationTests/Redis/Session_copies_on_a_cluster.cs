namespace Cancela.IntegrationTests.Redis;

public sealed class Session_copies_on_a_cluster() : Session_copies_contract(cluster: true);
