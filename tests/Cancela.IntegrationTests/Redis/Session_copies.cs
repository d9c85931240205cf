namespace Cancela.IntegrationTests.Redis;

public sealed class Session_copies() : Session_copies_contract(cluster: false);
