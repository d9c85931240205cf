using BenchmarkDotNet.Attributes;
using Cancela.Credentials.Passwords.Argon2;
using Microsoft.AspNetCore.Identity;
using PasswordOptions = Cancela.Credentials.Passwords.PasswordOptions;

namespace Cancela.Bench.Micro;

/// <summary>One password hashed: by ours on each of its paths, by the reference implementation, and as ASP.NET Core Identity does.</summary>
public class PasswordBenchmarks
{
    private static readonly Argon2Parameters Costs = new PasswordOptions().Costs;
    private static readonly byte[] Salt = "0123456789abcdef"u8.ToArray();
    private static readonly byte[] Password = "correct horse battery staple"u8.ToArray();

    private readonly Argon2Memory _memory = new(Costs.Blocks);
    private readonly PasswordHasher<object> _identity = new();
    private readonly byte[] _tag = new byte[32];

    [Benchmark]
    public void Scalar() => Hash(Argon2Path.Scalar, _tag);

    [Benchmark]
    public void Vector128() => Hash(Argon2Path.Vector128, _tag);

    [Benchmark]
    public void Vector256() => Hash(Argon2Path.Vector256, _tag);

    [Benchmark]
    public void LibArgon2id() => HashByLibrary(_tag);

    [Benchmark]
    public string Pbkdf2() => _identity.HashPassword(this, "correct horse battery staple");

    [GlobalCleanup]
    public void Dispose() => _memory.Dispose();

    /// <summary>Whether the two give the same hash.</summary>
    internal static bool Agree()
    {
        var (ours, theirs) = (new byte[32], new byte[32]);
        using var memory = new Argon2Memory(Costs.Blocks);
        Argon2id.Hash(Costs, new Argon2Input(Password, Salt), ours, memory);
        HashByLibrary(theirs);
        return ours.AsSpan().SequenceEqual(theirs);
    }

    private void Hash(Argon2Path path, byte[] tag) => Argon2id.Hash(Costs, new Argon2Input(Password, Salt), tag, _memory, path);

    private static void HashByLibrary(byte[] tag) => LibArgon2.Hash(Costs.Iterations, Costs.MemoryKiB, Costs.Parallelism, Password, Salt, tag);
}
