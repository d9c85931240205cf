using System.Text;

namespace Cancela.Server.Commands;

/// <summary>Takes a password from a person or a pipe: never from an argument, where every user of the machine reads it.</summary>
internal static class PasswordPrompt
{
    /// <summary>The password, or <see langword="null"/> when there was none or the repetition differed.</summary>
    public static async Task<string?> ReadAsync(bool fromStandardInput)
    {
        if (fromStandardInput || Console.IsInputRedirected) return await Console.In.ReadLineAsync();
        var password = ReadHidden("Password: ");
        return password == ReadHidden("Again:    ") ? password : null;
    }

    private static string ReadHidden(string question)
    {
        Console.Error.Write(question);
        var text = new StringBuilder();
        for (var key = Console.ReadKey(intercept: true); key.Key != ConsoleKey.Enter; key = Console.ReadKey(intercept: true))
        {
            if (key.Key == ConsoleKey.Backspace) text.Length = Math.Max(0, text.Length - 1);
            else if (key.KeyChar != '\0') text.Append(key.KeyChar);
        }
        Console.Error.WriteLine();
        return text.ToString();
    }
}
