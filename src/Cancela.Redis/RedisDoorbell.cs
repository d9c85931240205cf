using System.Security.Cryptography;
using Cancela.Revocation;
using StackExchange.Redis;

namespace Cancela.Redis;

/// <summary>
/// The doorbell over pub/sub. Whoever hears nothing for a while asks itself over the same channel: a subscription can die in
/// silence, on a connection that looks alive.
/// </summary>
internal sealed class RedisDoorbell(RedisLine line, TimeProvider clock) : IDoorbellLine
{
    /// <summary>After so long without a word somebody asks whether the channel is alive. All who listen hear it: of many nodes one asks.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly RedisChannel Channel = new(RedisKeys.Doorbell, RedisChannel.PatternMode.Literal);
    private static readonly RedisValue Question = "?";

    // Our own rings come back to us: we know already.
    private readonly RedisValue _node = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    public string Name => "Redis";

    public async Task RingAsync(CancellationToken cancellationToken) =>
        await PublishAsync(await line.ConnectionAsync(cancellationToken).WaitAsync(RedisLine.Deadline, clock, cancellationToken), _node, cancellationToken);

    /// <exception cref="IOException">The subscription is lost.</exception>
    public async Task ListenAsync(Action rung, CancellationToken cancellationToken)
    {
        var connection = await line.ConnectionAsync(cancellationToken);
        using var lost = new CancellationTokenSource();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(lost.Token, connection.Closed, cancellationToken);
        using var heard = new Doorbell();
        connection.Client.ConnectionFailed += OnFailed;
        try
        {
            await InTime(connection.Client.GetSubscriber().SubscribeAsync(Channel, Hear), either.Token);
            rung();
            while (true)
            {
                if (await heard.WaitAsync(Silence, clock, either.Token)) continue;
                await PublishAsync(connection, Question, either.Token);
                if (!await heard.WaitAsync(Patience, clock, either.Token)) throw new IOException("The subscription hears nothing any more.");
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException("The connection of the subscription is lost.");
        }
        finally
        {
            connection.Client.ConnectionFailed -= OnFailed;
            RedisLine.LetGo(connection.Client.GetSubscriber().UnsubscribeAsync(Channel, Hear));
        }

        void Hear(RedisChannel channel, RedisValue word)
        {
            heard.Ring();
            if (word != _node && word != Question) rung();
        }

        void OnFailed(object? sender, ConnectionFailedEventArgs failure)
        {
            if (failure.ConnectionType == ConnectionType.Subscription) lost.Cancel();
        }
    }

    private Task PublishAsync(RedisConnection connection, RedisValue word, CancellationToken cancellationToken) =>
        InTime(connection.Database.PublishAsync(Channel, word), cancellationToken);

    // These are nobody's requests: they have their own deadline, and open no circuit.
    private async Task InTime(Task asked, CancellationToken cancellationToken)
    {
        RedisLine.LetGo(asked);
        await asked.WaitAsync(Patience, clock, cancellationToken);
    }
}
