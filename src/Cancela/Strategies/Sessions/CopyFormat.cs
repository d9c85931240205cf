using System.Security.Cryptography;
using Cancela.Accounts;
using Cancela.Caching;
using Cancela.Secrets;

namespace Cancela.Strategies.Sessions;

/// <summary>
/// Copies as bytes: the number of the format, a code that only this deployment's nodes can make, and the copy. A few bytes
/// matter, for there may be a million of them. The code also covers which session it is: whoever can write to
/// the shared memory can neither make a session up nor put one in the place of another.
/// </summary>
internal sealed class CopyFormat(RootSecret secret)
{
    /// <summary>What lies below means something else to who keeps the copies.</summary>
    public const byte LowestFormat = 16;

    private const byte Format = LowestFormat;
    private const int CodeLength = 16;
    private const int HeadLength = 1 + CodeLength;

    private readonly byte[] _key = secret.Derive("cancela session copy");

    public byte[] Write(Digest session, SessionCopy copy)
    {
        using var stream = new MemoryStream(256);
        stream.Position = HeadLength;
        using (var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true)) Write(writer, copy);
        var bytes = stream.ToArray();
        bytes[0] = Format;
        CodeOf(session, bytes).CopyTo(bytes.AsSpan(1));
        return bytes;
    }

    /// <summary><see langword="null"/> for what no node of this deployment and version wrote.</summary>
    public SessionCopy? Read(Digest session, byte[] bytes)
    {
        if (bytes.Length <= HeadLength || bytes[0] != Format) return null;
        if (!CryptographicOperations.FixedTimeEquals(CodeOf(session, bytes), bytes.AsSpan(1, CodeLength))) return null;
        using var reader = new BinaryReader(new MemoryStream(bytes, HeadLength, bytes.Length - HeadLength));
        return Read(reader);
    }

    private static void Write(BinaryWriter writer, SessionCopy copy)
    {
        var (row, account) = (copy.Row, copy.Account);
        Write(writer, row.Id);
        Write(writer, account.Id);
        writer.Write(row.CreatedAt.UtcTicks);
        foreach (var time in (DateTimeOffset[])[row.AuthenticatedAt, row.LastSeenAt, row.ExpiresAt, row.AbsoluteExpiresAt, account.CreatedAt, copy.ReadAt])
            Write(writer, time - row.CreatedAt);
        writer.Write7BitEncodedInt(account.Version);
        writer.Write(account.EmailVerified);
        writer.Write(account.Name is not null);
        Write(writer, row.SecretExpiresAt, row.CreatedAt);
        Write(writer, row.CredentialsUntil, row.CreatedAt);
        foreach (var text in (string[])[row.Strategy, row.Scope, row.Methods, account.Email, account.Name ?? "", account.Role]) writer.Write(text);
    }

    private static SessionCopy Read(BinaryReader reader)
    {
        var (id, accountId) = (ReadId(reader), ReadId(reader));
        var createdAt = new DateTimeOffset(reader.ReadInt64(), TimeSpan.Zero);
        var (authenticatedAt, lastSeenAt, expiresAt) = (ReadTime(), ReadTime(), ReadTime());
        var (absoluteExpiresAt, accountCreatedAt, readAt) = (ReadTime(), ReadTime(), ReadTime());
        var (version, emailVerified, hasName) = (reader.Read7BitEncodedInt(), reader.ReadBoolean(), reader.ReadBoolean());
        var (secretExpiresAt, credentialsUntil) = (ReadTimeOrNone(), ReadTimeOrNone());
        var (strategy, scope, methods) = (reader.ReadString(), reader.ReadString(), reader.ReadString());
        var (email, name, role) = (reader.ReadString(), reader.ReadString(), reader.ReadString());
        return new SessionCopy(
            new SessionRow(id, accountId, strategy, scope, methods, authenticatedAt, createdAt, lastSeenAt, expiresAt, absoluteExpiresAt, null, null)
            {
                SecretExpiresAt = secretExpiresAt,
                CredentialsUntil = credentialsUntil,
            },
            new Account(accountId, email, emailVerified, hasName ? name : null, role, AccountStatus.Active, version, accountCreatedAt), readAt);

        DateTimeOffset? ReadTimeOrNone() => reader.ReadBoolean() ? ReadTime() : null;

        DateTimeOffset ReadTime()
        {
            var distance = reader.Read7BitEncodedInt64();
            return createdAt + TimeSpan.FromTicks((distance >>> 1) ^ -(distance & 1));
        }
    }

    private static void Write(BinaryWriter writer, DateTimeOffset? time, DateTimeOffset from)
    {
        writer.Write(time is not null);
        if (time is not null) Write(writer, time.Value - from);
    }

    private byte[] CodeOf(Digest session, byte[] bytes)
    {
        using var code = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        code.AppendData(session.ToArray());
        code.AppendData(bytes, HeadLength, bytes.Length - HeadLength);
        return code.GetHashAndReset()[..CodeLength];
    }

    private static void Write(BinaryWriter writer, Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes);
        writer.Write(bytes);
    }

    private static Guid ReadId(BinaryReader reader)
    {
        Span<byte> bytes = stackalloc byte[16];
        reader.BaseStream.ReadExactly(bytes);
        return new Guid(bytes);
    }

    // Most times of a session lie close to each other, before or after: the sign is the lowest bit, and a small distance few bytes.
    private static void Write(BinaryWriter writer, TimeSpan distance) => writer.Write7BitEncodedInt64((distance.Ticks << 1) ^ (distance.Ticks >> 63));
}
