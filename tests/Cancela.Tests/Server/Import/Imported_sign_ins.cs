using Cancela.Tests.Credentials.Passwords.Foreign;
using Xunit;

namespace Cancela.Tests.Server.Import;

/// <summary>Whoever was imported signs in with the password that they always had, and from then on has a hash of ours.</summary>
public sealed class Imported_sign_ins
{
    private static readonly (string Name, string Hash)[] Kinds =
    [
        ("identity2", KnownHashes.Identity2), ("identity3", KnownHashes.Identity3), ("bcrypt", KnownHashes.Bcrypt), ("django", KnownHashes.Django),
        ("passlib", KnownHashes.Passlib), ("better-auth", KnownHashes.BetterAuth), ("argon2i", KnownHashes.Argon2i), ("argon2d", KnownHashes.Argon2d),
        ("argon2id", KnownHashes.Argon2id),
    ];

    private static readonly string[] OfFirebase =
    [
        "--firebase-signer-key", KnownHashes.FirebaseSignerKey, "--firebase-salt-separator", KnownHashes.FirebaseSeparator,
        "--firebase-rounds", "8", "--firebase-mem-cost", "14",
    ];

    [Fact]
    public async Task The_first_one_replaces_the_hash_and_a_wrong_password_counts()
    {
        using var folder = new ServerFolder();
        await ImportAsync(folder, 0);
        await using var server = await folder.StartAsync();
        foreach (var kind in Kinds.Select(static kind => kind.Name).Append("firebase"))
        {
            var email = $"{kind}@example.com";
            using var client = new TestClient(server.Address);
            (await client.PostAsync("/auth/login", new { email, password = "correto cavalo grampo" })).Expect(401, "invalid_credentials");
            Assert.Equal(1, await folder.Sql.NumberAsync("SELECT max(failures) FROM cancela_failed_attempts"));
            Assert.DoesNotContain("m=19456", await HashAsync(folder, email), StringComparison.Ordinal);

            await client.LoginAsync(email, KnownHashes.Plain);
            var replaced = await HashAsync(folder, email);
            Assert.StartsWith("$argon2id$v=19$m=19456,t=2,p=1$", replaced, StringComparison.Ordinal);
            (await client.GetAsync("/auth/me")).Expect(200);

            await client.LoginAsync(email, KnownHashes.Plain);
            Assert.Equal(replaced, await HashAsync(folder, email));
            (await client.PostAsync("/auth/login", new { email, password = "correto cavalo grampo" })).Expect(401, "invalid_credentials");
            await client.LoginAsync(email, KnownHashes.Plain);
        }
        // Whoever has signed in since is found there, and keeps the newer hash.
        Assert.Contains("10    0         10", await ImportAsync(folder, 0), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_present_password_is_asked_for_in_its_old_hash_too()
    {
        using var folder = new ServerFolder();
        await ImportAsync(folder, 0);
        await using var server = await folder.StartAsync();
        using var client = new TestClient(server.Address);
        await client.LoginAsync("django@example.com", KnownHashes.Plain);
        await folder.Sql.RunAsync("UPDATE cancela_accounts SET password_hash = @hash WHERE email_key = 'django@example.com'", ("hash", KnownHashes.Bcrypt));
        (await client.PostAsync("/auth/password/change", new { current_password = "correto cavalo grampo", new_password = Person.Password })).Expect(401, "invalid_credentials");
        (await client.PostAsync("/auth/password/change", new { current_password = KnownHashes.Plain, new_password = Person.Password })).Expect(204);
        await client.LoginAsync("django@example.com");
    }

    private static async Task<string> ImportAsync(ServerFolder folder, int code)
    {
        var lines = Kinds.Select(static kind => $"{kind.Name}@example.com,\"{kind.Hash}\",").Append($"firebase@example.com,{KnownHashes.FirebaseOfPlain},{KnownHashes.FirebaseSalt}");
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "users.csv"), "email,password_hash,password_salt\n" + string.Join('\n', lines));
        var ended = await folder.RunAsync(["import", "users.csv", .. OfFirebase]);
        Assert.True(ended.Code == code, $"import ended with {ended.Code}: {ended.Errors}{ended.Output}");
        return ended.Output;
    }

    private static async Task<string> HashAsync(ServerFolder folder, string email) =>
        (await folder.Sql.ColumnAsync($"SELECT password_hash FROM cancela_accounts WHERE email_key = '{email}'")).Single();
}
