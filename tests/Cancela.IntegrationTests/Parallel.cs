using Xunit;

// Most of them wait for servers that were stalled or killed, and take no core for it.
[assembly: CollectionBehavior(MaxParallelThreads = 4)]
