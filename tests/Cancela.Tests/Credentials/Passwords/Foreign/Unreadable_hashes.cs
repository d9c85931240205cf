using System.Buffers.Binary;
using Cancela.Credentials.Passwords.Foreign;
using Xunit;

namespace Cancela.Tests.Credentials.Passwords.Foreign;

/// <summary>What stands in the column and is no hash, or one that would stall the server.</summary>
public sealed class Unreadable_hashes
{
    private const string Key32 = "LoChhXA3Wd7yomgFNKoebjPqzRd4oAOFh3wppLwmkgI";
    private const string Hex64 = "3b3f9bd84bc000fa3f3d4ed24b04a1d7bda475b0974c952056caf2263bbf4d38a48b19dc982b23de18367a549dea01bac397e592032153fac944287b3c0e453f";

    [Theory]
    [InlineData("")]
    [InlineData(":")]
    [InlineData("$")]
    [InlineData("secret in plain text")]
    [InlineData("5f4dcc3b5aa765d61d8327deb882cf99")]
    [InlineData("{SSHA}nU4eI71bcnBGqeO0t9tXvY1u5oQ=")]
    [InlineData("$1$deadbeef$0Huu6KHrKLVWfqa4WljDE0")]
    [InlineData("$6$rounds=5000$salt$hash")]
    // bcrypt
    [InlineData("$2x$10$abcdefghijklmnopqrstuupgcf15b9219fIC70pajSz7dGxuA2h.e")]
    [InlineData("$2$10$abcdefghijklmnopqrstuupgcf15b9219fIC70pajSz7dGxuA2h.ee")]
    [InlineData("$2a$1$abcdefghijklmnopqrstuupgcf15b9219fIC70pajSz7dGxuA2h.ee")]
    [InlineData("$2a$10$abcdefghijklmnopqrstuupgcf15b9219fIC70pajSz7dGxuA2h.")]
    [InlineData("$2a$10$abcdefghijklmnopqrstuupgcf15b9219fIC70pajSz7dGxuA2h.ee")]
    [InlineData("$2a$10$abcdefghijklmnopqrstuu+gcf15b9219fIC70pajSz7dGxuA2h.e")]
    [InlineData("$2a$ 9$abcdefghijklmnopqrstuupgcf15b9219fIC70pajSz7dGxuA2h.e")]
    // Django
    [InlineData("pbkdf2_sha256$0$seasalt2$" + Key32 + "=")]
    [InlineData("pbkdf2_sha256$-1$seasalt2$" + Key32 + "=")]
    [InlineData("pbkdf2_sha256$012$seasalt2$" + Key32 + "=")]
    [InlineData("pbkdf2_sha256$1000$seasalt2$" + Key32)]
    [InlineData("pbkdf2_sha256$1000$$" + Key32 + "=")]
    [InlineData("pbkdf2_sha256$1000$" + Key32 + "=")]
    [InlineData("pbkdf2_sha256$1000$seasalt2$gBMozNLT1nWCDorjdRoc6m8ZiSo=")]
    [InlineData("pbkdf2_md5$1000$seasalt2$" + Key32 + "=")]
    // passlib
    [InlineData("$pbkdf2-sha256$29000$HmPsvXcuhVDqXQvBmPM+hw$" + Key32)]
    [InlineData("$pbkdf2-sha256$29000$HmPsvXcuhVDqXQvBmPM.hw==$" + Key32)]
    [InlineData("$pbkdf2-sha256$29000$$" + Key32)]
    [InlineData("$pbkdf2-sha256$29000$HmPsvXcuhVDqXQvBmPM.hw")]
    [InlineData("$pbkdf2-sha512$29000$HmPsvXcuhVDqXQvBmPM.hw$" + Key32)]
    // better-auth
    [InlineData("CD87b17c24d0187905c6d981fdcf5bf5:" + Hex64)]
    [InlineData("cd87b17c24d0187905c6d981fdcf5bf5:" + Hex64 + "00")]
    [InlineData("cd87b17c24d0187905c6d981fdcf5bf5:" + Hex64 + ":")]
    [InlineData("cd87b17c24d0187905c6d981fdcf5bf:" + Hex64)]
    [InlineData(":" + Hex64)]
    // Firebase
    [InlineData("$firebase-scrypt$")]
    [InlineData("$firebase-scrypt$ln=14,r=8,p=2$42xEC+ixf3L2lwc$vNwsWAVxNK/RIhVOhDTm/Q")]
    [InlineData("$firebase-scrypt$ln=14,r=8$42xEC+ixf3L2lwc$vNwsWAVxNK/RIhVOhDTm/Q")]
    [InlineData("$firebase-scrypt$ln=14,r=8,p=1$$vNwsWAVxNK/RIhVOhDTm/Q")]
    [InlineData("$firebase-scrypt$ln=14,r=8,p=1$42xEC+ixf3L2lwc$vNwsWAVx")]
    // Identity
    [InlineData("AA==")]
    [InlineData("AQ==")]
    [InlineData("AQAAAAIAAYagAAAAEA==")]
    [InlineData("AgECAwQFBgcICQoLDA0ODxCWnGP2IQ4OWvt/1NlY0D9GYhqth+1d2tHY6GE/f5LmlQ==")]
    [InlineData("AAECAwQFBgcICQoLDA0ODxCWnGP2IQ4OWvt/1NlY0D9GYhqth+1d2tHY6GE/f5LmlQ== ")]
    [InlineData("AAECAwQFBgcICQoLDA0ODxCWnGP2IQ4OWvt/1NlY0D9GYhqth+1d2tHY6GE/f5LmlR==")]
    public void What_is_spelled_otherwise_is_not_read(string text) => Assert.Null(ForeignHash.Parse(text));

    [Fact]
    public void A_very_long_text_is_not_read() => Assert.Null(ForeignHash.Parse(Identity(2, 1000, new byte[400], new byte[32])));

    [Theory]
    [InlineData("04", true)]
    [InlineData("15", true)]
    [InlineData("03", false)]
    [InlineData("16", false)]
    [InlineData("31", false)]
    public void The_cost_of_bcrypt_has_its_limits(string cost, bool isRead) =>
        Assert.Equal(isRead, ForeignHash.Parse($"$2b${cost}$abcdefghijklmnopqrstuupgcf15b9219fIC70pajSz7dGxuA2h.e") is not null);

    [Theory]
    [InlineData(1, true)]
    [InlineData(3_000_000, true)]
    [InlineData(3_000_001, false)]
    [InlineData(int.MaxValue, false)]
    public void The_iterations_of_PBKDF2_have_theirs(int iterations, bool isRead)
    {
        Assert.Equal(isRead, ForeignHash.Parse($"pbkdf2_sha256${iterations}$seasalt2${Key32}=") is not null);
        Assert.Equal(isRead, ForeignHash.Parse($"$pbkdf2-sha256${iterations}$HmPsvXcuhVDqXQvBmPM.hw${Key32}") is not null);
        Assert.Equal(isRead, ForeignHash.Parse(Identity(2, (uint)iterations, new byte[16], new byte[64])) is not null);
    }

    [Theory]
    [InlineData(0, 20, 3_000_000, true)]
    [InlineData(0, 32, 1_500_000, true)]
    [InlineData(0, 32, 1_500_001, false)]
    [InlineData(1, 64, 1_500_001, false)]
    [InlineData(2, 64, 4_294_967_295, false)]
    [InlineData(3, 32, 1000, false)]
    [InlineData(2, 15, 1000, false)]
    [InlineData(2, 65, 1000, false)]
    public void A_longer_key_costs_its_iterations_again(uint hash, int key, uint iterations, bool isRead) =>
        Assert.Equal(isRead, ForeignHash.Parse(Identity(hash, iterations, new byte[16], new byte[key])) is not null);

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(128, true)]
    [InlineData(129, false)]
    public void A_salt_has_its_limits(int salt, bool isRead) =>
        Assert.Equal(isRead, ForeignHash.Parse(Identity(1, 1000, new byte[salt], new byte[32])) is not null);

    [Fact]
    public void A_salt_that_claims_to_be_longer_than_the_blob_is_not_read()
    {
        var blob = Convert.FromBase64String(Identity(1, 1000, new byte[16], new byte[32]));
        foreach (var claim in new uint[] { 49, 1000, int.MaxValue, uint.MaxValue })
        {
            BinaryPrimitives.WriteUInt32BigEndian(blob.AsSpan(9), claim);
            Assert.Null(ForeignHash.Parse(Convert.ToBase64String(blob)));
        }
    }

    [Theory]
    [InlineData(14, 8, true)]
    [InlineData(18, 8, true)]
    [InlineData(19, 8, false)]
    [InlineData(16, 32, true)]
    [InlineData(17, 32, false)]
    [InlineData(14, 33, false)]
    [InlineData(21, 1, false)]
    [InlineData(0, 8, false)]
    [InlineData(14, 0, false)]
    [InlineData(2147483647, 2147483647, false)]
    public void The_costs_of_scrypt_have_their_limits(int memCost, int rounds, bool isRead)
    {
        Assert.Equal(isRead, ForeignHash.Parse($"$firebase-scrypt$ln={memCost},r={rounds},p=1$42xEC+ixf3L2lwc$vNwsWAVxNK/RIhVOhDTm/Q") is not null);
        Assert.Equal(isRead, FirebaseProject.Read(KnownHashes.FirebaseSignerKey, KnownHashes.FirebaseSeparator, rounds, memCost) is not null);
    }

    private static string Identity(uint hash, uint iterations, byte[] salt, byte[] key)
    {
        var head = new byte[13];
        head[0] = 1;
        BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(1), hash);
        BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(5), iterations);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(9), salt.Length);
        return Convert.ToBase64String([.. head, .. salt, .. key]);
    }
}
