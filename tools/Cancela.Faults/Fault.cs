using Cancela.Tests.Servers;

namespace Cancela.Faults;

/// <summary>Something that is done to a part of the cluster, and undone.</summary>
/// <param name="Name">Part and kind.</param>
/// <param name="Held">How long it stays so before it is undone.</param>
internal sealed record Fault(string Name, TimeSpan Held, Func<Cluster, Task> Begin, Func<Cluster, Task> End)
{
    // What is away is away for a while, or nobody would notice.
    private static readonly TimeSpan Away = TimeSpan.FromSeconds(1);

    /// <summary>Nothing, for comparison.</summary>
    public static Fault None(TimeSpan held) => new("none", held, static _ => Task.CompletedTask, static _ => Task.CompletedTask);

    /// <summary>Everything that can be done, in an order that is drawn elsewhere.</summary>
    /// <param name="longer">Longer than T.</param>
    public static IEnumerable<Fault> All(TimeSpan longer)
    {
        foreach (var fault in OfServer("PostgreSQL", longer, static cluster => cluster.Database)) yield return fault;
        foreach (var fault in OfServer("Redis", longer, static cluster => cluster.Redis)) yield return fault;
        for (var i = 0; i < Cluster.Size; i++)
        {
            var (number, name) = (i, Door.NameOf(i));
            foreach (var fault in OfServer(name, longer, cluster => cluster.Nodes[number])) yield return fault;
            yield return Cut($"{name} cut off from nginx", longer, cluster => [cluster.Nodes[number].FromProxy]);
            yield return Cut($"{name} cut off from PostgreSQL", longer, cluster => [cluster.Nodes[number].ToDatabase]);
            yield return Cut($"{name} cut off from Redis", longer, cluster => [cluster.Nodes[number].ToRedis]);
        }
        foreach (var fault in OfServer("nginx", longer, static cluster => cluster.Proxy)) yield return fault;
        yield return Cut("all cut off from PostgreSQL", longer, static cluster => cluster.Nodes.Select(static node => node.ToDatabase));
        yield return Cut("all cut off from Redis", longer, static cluster => cluster.Nodes.Select(static node => node.ToRedis));
        yield return Refused("all refused by PostgreSQL", longer, static cluster => cluster.Nodes.Select(static node => node.ToDatabase));
    }

    private static IEnumerable<Fault> OfServer(string name, TimeSpan longer, Func<Cluster, LoopbackServer> server)
    {
        yield return new($"{name} paused", longer, At(cluster => server(cluster).Pause()), At(cluster => server(cluster).Resume()));
        yield return new($"{name} killed", Away, At(cluster => server(cluster).Kill()), cluster => server(cluster).StartAgainAsync());
        yield return new($"{name} restarted", TimeSpan.Zero, cluster => server(cluster).StopAsync(), cluster => server(cluster).StartAgainAsync());
    }

    /// <summary>Nothing passes, and nobody is told.</summary>
    public static Fault Cut(string name, TimeSpan held, Func<Cluster, IEnumerable<CutOffProxy>> wires) => new(
        name, held, At(cluster => Each(wires(cluster), static wire => wire.Cut())), At(cluster => Each(wires(cluster), static wire => wire.Restore())));

    /// <summary>A closed port.</summary>
    public static Fault Refused(string name, TimeSpan held, Func<Cluster, IEnumerable<CutOffProxy>> wires) => new(
        name, held, At(cluster => Each(wires(cluster), static wire => wire.Refuse())), At(cluster => Each(wires(cluster), static wire => wire.Restore())));

    private static Func<Cluster, Task> At(Action<Cluster> action) => cluster =>
    {
        action(cluster);
        return Task.CompletedTask;
    };

    private static void Each(IEnumerable<CutOffProxy> wires, Action<CutOffProxy> action)
    {
        foreach (var wire in wires) action(wire);
    }
}
