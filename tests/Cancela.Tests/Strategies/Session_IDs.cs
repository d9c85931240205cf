using System.Security.Cryptography;
using Cancela.Strategies.Sessions;
using Xunit;

namespace Cancela.Tests.Strategies;

public class Session_IDs
{
    [Fact]
    public void Each_is_43_characters_of_base64url_and_none_comes_twice()
    {
        var ids = Enumerable.Range(0, 10_000).Select(_ => SessionId.New(out var _)).ToList();

        Assert.All(ids, id => Assert.Matches(@"^[A-Za-z0-9_-]{43}\z", id));
        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    [Fact]
    public void The_server_keeps_the_SHA_256_of_its_bytes()
    {
        var id = SessionId.New(out var hash);

        Assert.Equal(SHA256.HashData(System.Buffers.Text.Base64Url.DecodeFromChars(id)), hash);
        Assert.True(SessionId.TryHash(id, out var again));
        Assert.Equal(hash, again.ToArray());
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA+")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA A")]
    [InlineData("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF")]
    public void What_cannot_be_one_is_told_without_the_store(string text) => Assert.False(SessionId.TryHash(text, out _));

    // The last character carries two bits that mean nothing: written differently, it would name the same session twice.
    [Fact]
    public void An_ID_has_one_spelling() => Assert.False(SessionId.TryHash(new string('A', 42) + "B", out _));
}
