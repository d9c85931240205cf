using System.Security.Cryptography;
using Cancela.Accounts;
using Cancela.Caching;
using Cancela.Secrets;
using Cancela.Strategies;
using Cancela.Strategies.Sessions;
using Xunit;

namespace Cancela.Tests.Strategies;

/// <summary>A session as bytes, for other nodes.</summary>
public class Copies_of_sessions
{
    private static readonly DateTimeOffset Now = new(2026, 1, 15, 12, 0, 0, 123, 456, TimeSpan.Zero);

    private readonly Digest _session = Digest.Of([1, 2, 3]);
    private readonly CopyFormat _format = new(RootSecret.Parse(TestSecret.Value));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_is_written_is_read(bool everything)
    {
        var copy = Copy(everything);

        Assert.Equal(copy, _format.Read(_session, _format.Write(_session, copy)));
    }

    // A column that is added to the row is in the copy too, or this fails.
    [Fact]
    public void Nothing_of_the_row_and_the_account_is_left_out_but_where_somebody_signed_in_from()
    {
        var copy = Copy(everything: true);
        var empty = new object[] { copy.Row, copy.Account }.SelectMany(static part =>
            part.GetType().GetProperties().Where(property => property.GetValue(part) is null).Select(static property => property.Name));

        Assert.Equal(["IpAddress", "UserAgent"], empty);
    }

    [Fact]
    public void Any_byte_that_changed_makes_it_unreadable()
    {
        var bytes = _format.Write(_session, Copy(everything: true));
        for (var at = 0; at < bytes.Length; at++)
        {
            bytes[at] ^= 1;
            Assert.Null(_format.Read(_session, bytes));
            bytes[at] ^= 1;
        }
        for (var length = 0; length < bytes.Length; length++) Assert.Null(_format.Read(_session, bytes[..length]));
        Assert.Null(_format.Read(_session, [.. bytes, 0]));
        Assert.NotNull(_format.Read(_session, bytes));
    }

    [Fact]
    public void It_is_good_for_its_session_and_for_its_deployment_only()
    {
        var bytes = _format.Write(_session, Copy(everything: false));

        Assert.Null(_format.Read(Digest.Of([3, 2, 1]), bytes));
        Assert.Null(new CopyFormat(RootSecret.Parse(RootSecret.Generate())).Read(_session, bytes));
        Assert.Null(_format.Read(_session, RandomNumberGenerator.GetBytes(200)));
    }

    [Fact]
    public void It_is_used_for_ten_minutes_by_the_readers_clock_and_not_from_the_future()
    {
        var copy = Copy(everything: false);

        Assert.True(copy.IsUsable(Now));
        Assert.True(copy.IsUsable(Now + CopyLifetimes.Copy));
        Assert.False(copy.IsUsable(Now + CopyLifetimes.Copy + TimeSpan.FromTicks(1)));
        Assert.True(copy.IsUsable(Now - TimeSpan.FromMinutes(1)));
        Assert.False(copy.IsUsable(Now - TimeSpan.FromMinutes(1) - TimeSpan.FromTicks(1)));
    }

    private static SessionCopy Copy(bool everything)
    {
        var (id, account) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        return new SessionCopy(
            new SessionRow(
                id, account, StrategyNames.Session, everything ? "posts:read" : "", "pwd", Now.AddDays(-3), Now.AddDays(-2), Now.AddHours(-1), Now.AddDays(5),
                everything ? Now.AddDays(28) : DateTimeOffset.MaxValue, null, null)
            {
                SecretExpiresAt = everything ? Now.AddDays(1) : null,
                CredentialsUntil = everything ? Now.AddDays(2) : null,
            },
            new Account(account, "ada@example.com", everything, everything ? "Ada, Condessa de Lovelace: ☕" : null, Roles.User, AccountStatus.Active, everything ? 70_000 : 1, Now.AddYears(-3)),
            Now);
    }
}
