using Cancela.Accounts;
using Cancela.Revocation;
using Cancela.Secrets;
using Cancela.Strategies;
using Cancela.Tokens;

namespace Cancela.Tests.Simulation;

/// <summary>What the nodes of one history are configured with, and what they are put through.</summary>
internal sealed class Settings
{
    private static readonly byte[] FirstSecret = [.. Enumerable.Range(1, 32).Select(static number => (byte)(number * 7))];
    private static readonly byte[] SecondSecret = [.. Enumerable.Range(1, 32).Select(static number => (byte)(number * 11))];

    public static readonly SigningKey OldKey = SigningKey.FromSecret(FirstSecret, World.Start.AddDays(-2));
    public static readonly SigningKey NewKey = SigningKey.FromSecret(SecondSecret, World.Start.AddDays(-1));
    public static readonly RootSecret Secret = RootSecret.Parse(System.Buffers.Text.Base64Url.EncodeToString(FirstSecret));
    public static readonly Roles Roles = new(new RoleOptions());

    public Settings(World world, Planted planted)
    {
        Planted = planted;
        // Of a history that asks what copies can do, everything is left out that only the set can know.
        OnlyCopies = planted is Planted.LeasesAlone or Planted.CopiesWithoutLease;
        Nodes = 2 + world.Dice.Below(3);
        Revocation.WhenBlind = world.Chance(70) ? WhenBlind.AskStore : WhenBlind.Refuse;
        Revocation.PollInterval = TimeSpan.FromMilliseconds(world.Chance(30) ? 250 : world.Chance(50) ? 600 : 950);
        Session.CacheLifetime = TimeSpan.FromSeconds(OnlyCopies || world.Chance(30) ? 1 : 60);
        Session.Lifetime = world.Chance(50) ? TimeSpan.FromHours(2) : TimeSpan.FromDays(7);
        Refresh.Grace = TimeSpan.FromSeconds(world.Chance(20) ? 0 : 10);
        Refresh.AccessLifetime = TimeSpan.FromMinutes(world.Chance(50) ? 30 : 24 * 60);
        IsDeaf = world.Chance(30);
        Shares = OnlyCopies || world.Chance(50);
        Lifetimes = new CredentialLifetimes(Session, new JwtOptions(), Refresh);
    }

    public Planted Planted { get; }
    public bool OnlyCopies { get; }
    public int Nodes { get; }
    public RevocationOptions Revocation { get; } = new();
    public SessionOptions Session { get; } = new();
    public RefreshOptions Refresh { get; } = new();
    public CredentialLifetimes Lifetimes { get; }

    /// <summary>Whether the driver does not hear that it is called off.</summary>
    public bool IsDeaf { get; }

    /// <summary>Whether the nodes share copies of sessions.</summary>
    public bool Shares { get; }

    /// <summary>The keys in use: the old one alone, until it is succeeded.</summary>
    public KeyRing Ring { get; set; } = new([OldKey]);
}
