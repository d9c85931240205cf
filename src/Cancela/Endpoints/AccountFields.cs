using Cancela.Accounts;
using Cancela.Credentials.Passwords;
using Cancela.Problems;

namespace Cancela.Endpoints;

/// <summary>The rules that every field of an account keeps, wherever it is written: what breaks them is told field by field.</summary>
internal sealed class AccountFields(PasswordPolicy policy, PasswordOptions passwords)
{
    public static EmailAddress? Email(string? input, List<FieldFault> faults)
    {
        switch (EmailAddress.Read(input))
        {
            case EmailReading.Valid(var address): return address;
            case EmailReading.Missing: faults.Add(Missing.Email("email")); break;
            case EmailReading.TooLong: faults.Add(new("email", "O email pode ter no máximo 254 bytes", "The email can have at most 254 bytes")); break;
            default: faults.Add(new("email", "Email inválido", "Invalid email")); break;
        }
        return null;
    }

    public static string? Name(string? input, List<FieldFault> faults)
    {
        switch (PersonName.Read(input))
        {
            case PersonNameReading.Valid(var name): return name;
            case PersonNameReading.TooLong: faults.Add(new("name", "O nome pode ter no máximo 200 caracteres", "The name can have at most 200 characters")); break;
            default: faults.Add(new("name", "O nome contém caracteres inválidos", "The name contains invalid characters")); break;
        }
        return null;
    }

    public void NewPassword(string field, string? password, string email, string? name, List<FieldFault> faults)
    {
        if (password is null)
        {
            faults.Add(Missing.Password(field));
            return;
        }
        foreach (var fault in policy.Check(password, email, name))
        {
            var (portuguese, english) = PasswordSentences.Of(fault, passwords);
            faults.Add(new(field, portuguese, english));
        }
    }

    public static ProblemResult Refuse(List<FieldFault> faults) => new(Problem.ValidationFailed) { Faults = faults };
}
