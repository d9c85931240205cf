using System.Buffers.Text;
using System.Text.Json;

namespace Cancela.Tokens;

/// <content>How it is filled: each claim that we know has one kind of value, and any other kind spoils the token.</content>
internal ref partial struct ClaimView
{
    /// <summary>False when it is not strict JSON, has no <c>type</c> of ours, or a claim that we know has a value of another kind.</summary>
    public static bool TryParse(ReadOnlySpan<byte> json, out ClaimView view)
    {
        view = default;
        var members = new JsonMembers(json);
        while (members.MoveNext())
            if (!view.Take(members.Name, members.Value)) return false;
        return members.IsWellFormed && view.TryReadType();
    }

    private bool Take(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) => Pack(name) switch
    {
        ClaimName.Issuer => TakeText(value, ref _issuer),
        ClaimName.Audience => TakeAny(value, ref _audience),
        ClaimName.Type => TakeText(value, ref _type),
        ClaimName.Email => TakeText(value, ref _email),
        ClaimName.Role => TakeText(value, ref _role),
        ClaimName.Scope => TakeText(value, ref _scope),
        ClaimName.Methods => IsStringArray(value) && TakeAny(value, ref _methods),
        ClaimName.Subject => IsNothing(value) || TakeGuid(value, ref _subject, Present.Subject),
        ClaimName.SessionId => TakeGuid(value, ref _sessionId, Present.SessionId),
        ClaimName.TokenId => TakeGuid(value, ref _tokenId, Present.TokenId),
        ClaimName.Version => TakeCount(value, ref _version, Present.Version),
        ClaimName.Generation => TakeCount(value, ref _generation, Present.Generation),
        ClaimName.IssuedAt => TakeTime(value, ref _issuedAt, Present.IssuedAt),
        ClaimName.ExpiresAt => TakeTime(value, ref _expiresAt, Present.ExpiresAt),
        ClaimName.NotBefore => TakeTime(value, ref _notBefore, Present.None),
        ClaimName.Long when name.SequenceEqual("auth_time"u8) => TakeTime(value, ref _authenticatedAt, Present.None),
        ClaimName.Long when name.SequenceEqual("session_expiry"u8) => TakeTime(value, ref _sessionExpiresAt, Present.SessionExpiresAt),
        _ => true,
    };

    // A name of up to eight bytes is one number, so that one jump finds the claim.
    private static ulong Pack(ReadOnlySpan<byte> name)
    {
        if (name.Length > sizeof(ulong)) return ClaimName.Long;
        var packed = 0UL;
        foreach (var letter in name) packed = (packed << 8) | letter;
        return packed;
    }

    private bool TryReadType()
    {
        if (_type.IsEmpty) return false;
        if (JsonText.Says(_type, "access"u8)) Type = TokenType.Access;
        else if (JsonText.Says(_type, "refresh"u8)) Type = TokenType.Refresh;
        else return false;
        return true;
    }

    private static bool TakeAny(ReadOnlySpan<byte> value, ref ReadOnlySpan<byte> claim)
    {
        claim = value;
        return true;
    }

    private static bool TakeText(ReadOnlySpan<byte> value, ref ReadOnlySpan<byte> claim) => TakeAny(value, ref claim) && IsString(value);

    private bool TakeGuid(ReadOnlySpan<byte> value, ref Guid claim, Present flag)
    {
        _present |= flag;
        return IsString(value) && Utf8Parser.TryParse(value[1..^1], out claim, out var used, 'D') && used == value.Length - 2;
    }

    private bool TakeCount(ReadOnlySpan<byte> value, ref int claim, Present flag)
    {
        _present |= flag;
        return Utf8Parser.TryParse(value, out claim, out var used) && used == value.Length && claim >= 0;
    }

    // RFC 7519 allows fractions of a second; nobody who signs with our keys writes them.
    private bool TakeTime(ReadOnlySpan<byte> value, ref long claim, Present flag)
    {
        _present |= flag;
        return Utf8Parser.TryParse(value, out claim, out var used) && used == value.Length;
    }

    private static bool IsNothing(ReadOnlySpan<byte> value) => value.SequenceEqual("null"u8) || value.SequenceEqual("\"\""u8);

    private static bool IsStringArray(ReadOnlySpan<byte> value)
    {
        if (!IsArray(value)) return false;
        if (JsonText.StartsWithPlainStringArray(value, out _)) return true;
        var reader = new Utf8JsonReader(value);
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            if (reader.TokenType != JsonTokenType.String || reader.ValueIsEscaped) return false;
        return true;
    }
}
