using Xunit;

namespace Cancela.Tests.House;

public sealed class File_shape
{
    [Fact]
    public void No_file_is_long_and_each_is_in_the_namespace_of_its_folder() =>
        Expect.None(Repository.Code("src", "tests", "benchmarks").SelectMany(FileShape.Faults));

    [Fact]
    public void Each_file_is_named_after_its_one_public_type() =>
        Expect.None(Repository.Code("src").SelectMany(FileShape.NamingFaults));

    [Fact]
    public void Samples_are_short_too() =>
        Assert.DoesNotContain(Repository.Code("samples"), file => file.Lines.Length > 400);

    [Fact]
    public void A_file_of_401_lines_is_found() =>
        Assert.Single(FileShape.Faults(new SourceFile("src/Cancela/Gate/Long.cs", new string('\n', 400) + "// end")));

    [Fact]
    public void A_foreign_namespace_is_found() =>
        Assert.Single(FileShape.Faults(new SourceFile("src/Cancela/Gate/Door.cs", "namespace Cancela.Tokens;\n\npublic sealed class Door;")));

    [Theory]
    [InlineData("public sealed class Door;\npublic enum Lock { }")]
    [InlineData("public readonly record struct Window(int Panes);")]
    [InlineData("internal static class Window;")]
    [InlineData("public sealed class Window;\ninternal sealed class Door;")]
    [InlineData("// nothing")]
    public void A_file_named_after_something_else_is_found(string text) =>
        Assert.NotEmpty(FileShape.NamingFaults(new SourceFile("src/Cancela/Gate/Door.cs", text)));

    [Theory]
    [InlineData("Door.cs", "public sealed class Door<T>\n{\n    public sealed record Open;\n}")]
    [InlineData("Door.Hinges.cs", "public sealed partial record Door;")]
    [InlineData("DoorEndpoints.cs", "internal static class DoorEndpoints;\ninternal sealed record DoorRequest(string Key);")]
    [InlineData("Program.cs", "app.Run();")]
    public void A_file_named_after_its_type_is_not(string name, string text) =>
        Assert.Empty(FileShape.NamingFaults(new SourceFile("src/Cancela/Gate/" + name, text)));
}
