using System.Globalization;

namespace Cancela.Credentials.Passwords;

/// <summary>What we say to people about a password they chose. A refusal states its reason (NIST SP 800-63B section 3.1.1.2).</summary>
internal static class PasswordSentences
{
    public static (string Portuguese, string English) Of(PasswordFault fault, PasswordOptions options) => fault switch
    {
        PasswordFault.TooShort => (
            Text($"A senha precisa ter pelo menos {options.MinimumLength} caracteres"),
            Text($"The password needs at least {options.MinimumLength} characters")),
        PasswordFault.TooLong => (
            Text($"A senha pode ter no máximo {options.MaximumLength} caracteres"),
            Text($"The password can have at most {options.MaximumLength} characters")),
        PasswordFault.TooCommon => (
            "Esta senha está entre as mais usadas e é fácil de adivinhar: escolha outra",
            "This password is among the most used ones and easy to guess: choose another"),
        PasswordFault.ContainsContext => (
            "A senha não pode ser o seu email, o seu nome ou o nome deste serviço: escolha outra",
            "The password cannot be your e-mail, your name or the name of this service: choose another"),
        PasswordFault.InvalidText => (
            "A senha contém caracteres inválidos",
            "The password contains invalid characters"),
        _ => throw new ArgumentOutOfRangeException(nameof(fault)),
    };

    private static string Text(FormattableString sentence) => sentence.ToString(CultureInfo.InvariantCulture);
}
