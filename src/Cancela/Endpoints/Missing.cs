using Cancela.Problems;

namespace Cancela.Endpoints;

/// <summary>What is said of a field that is not there, under the name that it has in the request.</summary>
internal static class Missing
{
    public static FieldFault Email(string field) => new(field, "Informe o email", "Enter the email");

    public static FieldFault Password(string field) => new(field, "Informe a senha", "Enter the password");

    public static FieldFault CurrentPassword() => new("current_password", "Informe a senha atual", "Enter the current password");

    public static FieldFault Challenge() => new("challenge", "Informe a verificação recebida no login (challenge)", "Enter the challenge of the sign-in");

    public static FieldFault Code() => new("code", "Informe o código", "Enter the code");

    /// <summary>422 for a sign-in that lacks one of its two fields, or both.</summary>
    public static ProblemResult Refuse((string Field, string? Value) email, (string Field, string? Value) password)
    {
        var faults = new List<FieldFault>();
        if (email.Value is null) faults.Add(Email(email.Field));
        if (password.Value is null) faults.Add(Password(password.Field));
        return AccountFields.Refuse(faults);
    }
}
