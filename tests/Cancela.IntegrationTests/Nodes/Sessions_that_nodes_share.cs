namespace Cancela.IntegrationTests.Nodes;

public sealed class Sessions_that_nodes_share() : Sessions_that_nodes_share_contract(cluster: false);
