namespace Cancela.IntegrationTests.Nodes;

public sealed class Sessions_that_nodes_share_over_a_cluster() : Sessions_that_nodes_share_contract(cluster: true);
