using Xunit;

namespace Cancela.Tests.House;

public sealed class Log_lines
{
    [Fact]
    public void Each_has_a_number_of_its_own_and_holds_no_secret() => Expect.None(LogLines.Faults([.. Repository.Code("src")]));

    [Theory]
    [InlineData("[LoggerMessage(1, LogLevel.Information, \"Read {Rows} rows\")]", 0)]
    [InlineData("[LoggerMessage(EventId = 1, Level = LogLevel.Error, Message = \"Sign-in (by password) of {Account}\")]", 0)]
    [InlineData("[LoggerMessage(Level = LogLevel.Error, Message = \"Read {Rows} rows\")]", 1)]
    [InlineData("[LoggerMessage(1, LogLevel.Error, \"One\")] [LoggerMessage(1, LogLevel.Error, \"Two\")]", 1)]
    [InlineData("[LoggerMessage(1, LogLevel.Error, \"Refused {AccessToken}\")]", 1)]
    [InlineData("[LoggerMessage(1, LogLevel.Error, \"Wrong (again) {Password} of {Email}\")]", 2)]
    [InlineData("[LoggerMessage(1, LogLevel.Error, \"Stored {@PasswordHash}\")]", 1)]
    [InlineData("logger.LogWarning(\"Refused\");", 1)]
    public void A_fault_is_found(string text, int faults) => Assert.Equal(faults, LogLines.Faults([new SourceFile("src/Log.cs", text)]).Count());

    [Fact]
    public void A_number_taken_by_another_file_is_found() =>
        Assert.Single(LogLines.Faults(
        [
            new SourceFile("src/A.cs", "[LoggerMessage(7, LogLevel.Error, \"One\")]"),
            new SourceFile("src/B.cs", "[LoggerMessage(7, LogLevel.Error, \"Two\")]"),
        ]));
}
