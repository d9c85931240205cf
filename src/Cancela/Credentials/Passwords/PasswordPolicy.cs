using System.Text;
using Cancela.Text;

namespace Cancela.Credentials.Passwords;

/// <summary>
/// What a new password must be: long enough, not too long, and not one that attackers try first. Nothing else:
/// "Verifiers SHALL NOT impose other composition rules" (NIST SP 800-63B section 3.1.1.2).
/// </summary>
internal sealed class PasswordPolicy(PasswordOptions options)
{
    private const string Product = "cancela";
    private const int ShortestWord = 3;

    /// <summary>All that is wrong with it; empty: it may be used.</summary>
    public IReadOnlyList<PasswordFault> Check(string password, string email, string? name)
    {
        if (!Nfc.TryNormalize(password, out var normalized)) return [PasswordFault.InvalidText];
        return [.. Faults(normalized, email, name)];
    }

    private IEnumerable<PasswordFault> Faults(string password, string email, string? name)
    {
        // "Each Unicode code point SHALL be counted as a single character."
        var length = password.EnumerateRunes().Count();
        if (length < options.MinimumLength) yield return PasswordFault.TooShort;
        if (length > options.MaximumLength)
        {
            yield return PasswordFault.TooLong;
            yield break;
        }
        if (CommonPasswords.Contains(password)) yield return PasswordFault.TooCommon;
        if (IsContext(password, email, name)) yield return PasswordFault.ContainsContext;
    }

    // The whole password is compared, not its parts: "mariana sabe nadar" is no bad password of Mariana's.
    private bool IsContext(string password, string email, string? name)
    {
        var whole = Fold(password);
        var stem = whole.TrimEnd([.. "0123456789"]);
        return Words(email, name).Select(Fold).Any(word => word.Length >= ShortestWord && (word == whole || word == stem));
    }

    private IEnumerable<string> Words(string email, string? name)
    {
        var at = email.LastIndexOf('@');
        var domain = email[(at + 1)..];
        string[] ofAccount = [email, email[..Math.Max(at, 0)], domain, .. domain.Split('.'), name ?? "", .. (name ?? "").Split(' ')];
        return ofAccount.Concat(options.ContextWords).Append(Product);
    }

    /// <summary>Lower-case letters and digits only: "Maria-Clara!" is "mariaclara".</summary>
    private static string Fold(string text)
    {
        if (!Nfc.TryNormalize(text, out var normalized)) return "";
        var folded = new StringBuilder();
        foreach (var rune in normalized.EnumerateRunes())
            if (Rune.IsLetterOrDigit(rune)) folded.Append(Rune.ToLowerInvariant(rune));
        return folded.ToString();
    }
}
