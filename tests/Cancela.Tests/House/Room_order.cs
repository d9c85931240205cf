using Xunit;

namespace Cancela.Tests.House;

public sealed class Room_order
{
    private static readonly SourceFile[] SmallLibrary =
    [
        new("src/Cancela/CancelaOptions.cs", ""),
        new("src/Cancela/Gate/Carrier.cs", ""),
        new("src/Cancela/Problems/Problem.Catalog.cs", ""),
        new("src/Cancela/Credentials/Passwords/PasswordHash.cs", ""),
        new("src/Cancela/Credentials/Totp/TotpCode.cs", ""),
    ];

    [Fact]
    public void A_room_uses_only_the_rooms_above_it()
    {
        var library = Repository.Code("src/Cancela").ToList();
        Assert.NotEmpty(library);
        Expect.None(library.SelectMany(file => Rooms.Faults(file, library)));
    }

    [Fact]
    public void Every_folder_is_a_room_with_a_name_that_says_something() =>
        Expect.None(Rooms.Misnamed(Repository.Code("src")));

    [Theory]
    [InlineData("Tokens/Reader.cs", "using Cancela.Gate;")]
    [InlineData("Tokens/Reader.cs", "var carrier = new Cancela.Gate.Carrier();")]
    [InlineData("Tokens/Reader.cs", "var carrier = new Gate.Carrier();")]
    [InlineData("Tokens/Reader.cs", "using Carrier = global::Cancela.Gate.Carrier;")]
    [InlineData("Gate/Handler.cs", "internal sealed class Handler(CancelaOptions options);")]
    [InlineData("Credentials/Passwords/PasswordCheck.cs", "using Cancela.Credentials.Totp;")]
    [InlineData("Credentials/Passwords/PasswordCheck.cs", "var code = new Totp.TotpCode();")]
    public void A_look_downwards_or_sideways_is_found(string file, string text) =>
        Assert.NotEmpty(Rooms.Faults(new SourceFile("src/Cancela/" + file, text), SmallLibrary));

    [Theory]
    [InlineData("Gate/Handler.cs", "using Cancela.Problems; using Cancela.Credentials.Totp; using System.Text;")]
    [InlineData("Tokens/Reader.cs", "// unlike Cancela.Gate.Carrier\nvar meter = \"Cancela.Gate\"; var text = $\"{Cancela}.Gate\";")]
    [InlineData("Tokens/Reader.cs", "await Gate.WaitAsync();")]
    [InlineData("Credentials/Passwords/PasswordCheck.cs", "using Cancela.Credentials; using Cancela.Credentials.Passwords;")]
    [InlineData("Credentials/Catalogue.cs", "using Cancela.Credentials.Totp; using Cancela.Credentials.Passwords;")]
    [InlineData("CancelaEndpoints.cs", "using Cancela.SignIn; using Cancela.Gate;")]
    public void A_look_upwards_is_not(string file, string text) =>
        Assert.Empty(Rooms.Faults(new SourceFile("src/Cancela/" + file, text), SmallLibrary));

    [Theory]
    [InlineData("src/Cancela/Helpers/X.cs")]
    [InlineData("src/Cancela.Server/Pages/Common/X.cs")]
    [InlineData("src/Cancela/Kitchen/X.cs")]
    public void A_folder_that_is_no_room_is_found(string path) => Assert.NotEmpty(Rooms.Misnamed([new SourceFile(path, "")]));
}
