using System.CommandLine;

namespace Cancela.Server.Commands;

/// <summary>One sentence about the first thing that the command line cannot make sense of.</summary>
internal static class Misunderstanding
{
    public static string Of(string[] words, ParseResult? parsed = null)
    {
        var sentence = words.FirstOrDefault(SettingArguments.IsSetting) is { } setting
            ? $"{setting} needs a value, such as --urls http://localhost:6000 or --Cancela:Profile=session."
            : parsed switch
            {
                null => Unknown(words[0]),
                { UnmatchedTokens: [var first, ..] } => Unknown(first),
                _ => parsed.Errors[0].Message,
            };
        return $"{sentence} What there is: {ProgramName.Typed} --help";
    }

    private static string Unknown(string word) => $"'{word}' is not understood here.";
}
