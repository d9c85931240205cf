namespace Cancela.Credentials.Passwords.Foreign;

/// <summary>The password hash parameters of a Firebase project, which its console shows.</summary>
/// <param name="SignerKey">What the key that comes of a password encrypts.</param>
/// <param name="SaltSeparator">Behind the salt of each account.</param>
/// <param name="Costs"><c>mem_cost</c> is the logarithm of N, <c>rounds</c> is r.</param>
internal sealed record FirebaseProject(byte[] SignerKey, byte[] SaltSeparator, ScryptCosts Costs)
{
    private const int LeastKey = 16, MostKey = 64;
    private const int MostSeparator = 16;

    /// <summary>Null where they cannot be those of a project, or cost more than is verified.</summary>
    public static FirebaseProject? Read(string signerKey, string saltSeparator, int rounds, int memCost)
    {
        var costs = new ScryptCosts(memCost, rounds, 1);
        if (FirebaseBytes(signerKey) is not { Length: >= LeastKey and <= MostKey } key) return null;
        return FirebaseBytes(saltSeparator) is { Length: <= MostSeparator } separator && costs.AreAllowed ? new FirebaseProject(key, separator, costs) : null;
    }

    /// <summary>What is stored of an account's hash, or null where it is none of this project's.</summary>
    public string? Stored(string hash, string salt)
    {
        if (FirebaseBytes(hash) is not { } encrypted || encrypted.Length != SignerKey.Length || FirebaseBytes(salt) is not { Length: >= 1 } salted) return null;
        byte[] stream = [.. encrypted.Zip(SignerKey, static (one, other) => (byte)(one ^ other))];
        var text = FirebaseHash.Text(Costs, [.. salted, .. SaltSeparator], stream);
        return FirebaseHash.Parse(text) is null ? null : text;
    }

    /// <summary>Without the key.</summary>
    public override string ToString() => nameof(FirebaseProject);

    // Its exports use either alphabet of base64, with padding or without.
    private static byte[]? FirebaseBytes(string text) =>
        Spelling.UnpaddedBase64(text.TrimEnd('=').Replace('-', '+').Replace('_', '/'));
}
