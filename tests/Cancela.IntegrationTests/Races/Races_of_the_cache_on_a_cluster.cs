namespace Cancela.IntegrationTests.Races;

public sealed class Races_of_the_cache_on_a_cluster() : Races_of_the_cache_contract(cluster: true);
