namespace Cancela.IntegrationTests.Races;

public sealed class Races_of_the_cache() : Races_of_the_cache_contract(cluster: false);
