using Cancela.Credentials.Passwords;
using Cancela.Credentials.Passwords.Argon2;
using Xunit;

namespace Cancela.Tests.Credentials.Passwords;

public class Stored_hashes
{
    private const string Salt = "MDEyMzQ1Njc4OWFiY2RlZg";
    private const string Tag = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

    [Fact]
    public void One_is_read_and_written_alike()
    {
        var text = $"$argon2id$v=19$m=19456,t=2,p=1${Salt}${Tag}";
        var phc = PhcString.Parse(text);
        Assert.NotNull(phc);
        Assert.Equal(new Argon2Parameters(19456, 2, 1), phc.Parameters);
        Assert.Equal("0123456789abcdef"u8.ToArray(), phc.Salt);
        Assert.Equal(Enumerable.Range(0, 32).Select(i => (byte)i), phc.Tag);
        Assert.Equal(text, phc.ToString());
    }

    [Theory]
    [InlineData("argon2d", Argon2Type.D)]
    [InlineData("argon2i", Argon2Type.I)]
    [InlineData("argon2id", Argon2Type.Id)]
    public void One_of_each_kind_of_Argon2_is_read_and_written_alike(string name, object type)
    {
        var text = $"${name}$v=19$m=19456,t=2,p=1${Salt}${Tag}";
        var phc = PhcString.Parse(text);
        Assert.Equal(new Argon2Parameters(19456, 2, 1, (Argon2Type)type), phc?.Parameters);
        Assert.Equal(text, phc?.ToString());
    }

    [Theory]
    [InlineData("m=262144,t=16,p=16")]
    [InlineData("m=8,t=1,p=1")]
    [InlineData("m=128,t=1,p=16")]
    public void The_largest_and_the_smallest_costs_are_read(string costs) => Assert.NotNull(PhcString.Parse(With(costs)));

    [Theory]
    [InlineData("m=262145,t=2,p=1")]
    [InlineData("m=4294967295,t=2,p=1")]
    [InlineData("m=99999999999999999999,t=2,p=1")]
    [InlineData("m=19456,t=17,p=1")]
    [InlineData("m=19456,t=0,p=1")]
    [InlineData("m=19456,t=2,p=17")]
    [InlineData("m=19456,t=2,p=0")]
    [InlineData("m=7,t=2,p=1")]
    [InlineData("m=127,t=1,p=16")]
    public void Costs_beyond_the_caps_are_not_read(string costs) => Assert.Null(PhcString.Parse(With(costs)));

    [Theory]
    [InlineData("m=019456,t=2,p=1")]
    [InlineData("m=+19456,t=2,p=1")]
    [InlineData("m= 19456,t=2,p=1")]
    [InlineData("m=-19456,t=2,p=1")]
    [InlineData("m=,t=2,p=1")]
    [InlineData("m=19456,t=2")]
    [InlineData("t=2,m=19456,p=1")]
    [InlineData("m=19456,t=2,p=1,data=AA")]
    [InlineData("M=19456,t=2,p=1")]
    public void Another_spelling_of_the_costs_is_not_read(string costs) => Assert.Null(PhcString.Parse(With(costs)));

    [Theory]
    [InlineData("")]
    [InlineData("$")]
    [InlineData("$$$$$")]
    [InlineData("secret in plain text")]
    [InlineData("$argon2$v=19$m=19456,t=2,p=1$" + Salt + "$" + Tag)]
    [InlineData("$argon2id$v=16$m=19456,t=2,p=1$" + Salt + "$" + Tag)]
    [InlineData("$argon2id$m=19456,t=2,p=1$" + Salt + "$" + Tag)]
    [InlineData("x$argon2id$v=19$m=19456,t=2,p=1$" + Salt + "$" + Tag)]
    [InlineData("$argon2id$v=19$m=19456,t=2,p=1$" + Salt + "$" + Tag + "$")]
    [InlineData("$argon2id$v=19$m=19456,t=2,p=1$" + Salt + "$" + Tag + "=")]
    [InlineData("$argon2id$v=19$m=19456,t=2,p=1$" + Salt + "$" + Tag + "\n")]
    [InlineData("$argon2id$v=19$m=19456,t=2,p=1$" + Salt + "==$" + Tag)]
    [InlineData("$argon2id$v=19$m=19456,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZh$" + Tag)]
    [InlineData("$argon2id$v=19$m=19456,t=2,p=1$MDEyMzQ1Njc4OWFiY2Rl-_$" + Tag)]
    [InlineData("$argon2id$v=19$m=19456,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZ$" + Tag)]
    [InlineData("$argon2id$v=19$m=19456,t=2,p=1$$" + Tag)]
    [InlineData("$argon2id$v=19$m=19456,t=2,p=1$" + Salt + "$")]
    public void What_the_writer_never_makes_is_not_read(string text) => Assert.Null(PhcString.Parse(text));

    [Theory]
    [InlineData(7, 32, false)]
    [InlineData(8, 16, true)]
    [InlineData(64, 64, true)]
    [InlineData(65, 32, false)]
    [InlineData(16, 15, false)]
    [InlineData(16, 65, false)]
    [InlineData(5000, 32, false)]
    public void Salt_and_tag_have_their_limits(int salt, int tag, bool isRead) =>
        Assert.Equal(isRead, PhcString.Parse(new PhcString(new(8, 1, 1), new byte[salt], new byte[tag]).ToString()) is not null);

    private static string With(string costs) => $"$argon2id$v=19${costs}${Salt}${Tag}";
}
