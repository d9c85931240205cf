using System.Globalization;
using System.Text.RegularExpressions;
using Cancela.Accounts;
using Cancela.Credentials.Passwords;
using Cancela.Credentials.Passwords.Foreign;
using Cancela.Endpoints;
using Cancela.Problems;

namespace Cancela.Server.Import;

/// <summary>Reads what a line says of an account. Address and name keep the rules of registration; what the password was, nobody knows any more.</summary>
/// <param name="roles">Those of the settings.</param>
/// <param name="firebase">What Firebase's hashes need to be verified, where it was given.</param>
/// <param name="clock">Nobody was created later than now.</param>
internal sealed partial class AccountLines(Roles roles, FirebaseProject? firebase, TimeProvider clock)
{
    /// <summary>What an account without a hash is counted as.</summary>
    public const string NoPassword = "without a password";

    private static readonly string[] Truths = ["true", "t", "1"];
    private static readonly string[] Untruths = ["false", "f", "0"];

    public LineReading Read(SourceLine line) => line switch
    {
        SourceLine.Fields fields => Read(fields),
        SourceLine.Unreadable(var number, var fault) => new LineReading.Refused(number, [fault]),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private LineReading Read(SourceLine.Fields line)
    {
        var ofRegistration = new List<FieldFault>();
        var email = AccountFields.Email(line[AccountField.Email], ofRegistration);
        var name = AccountFields.Name(line[AccountField.Name], ofRegistration);
        List<LineFault> faults = [.. ofRegistration.Select(static fault => new LineFault(fault.Field, fault.English))];

        var role = line[AccountField.Role] ?? Roles.User;
        if (!roles.Exists(role)) faults.Add(new(AccountField.Role, "No role of the settings"));
        var verified = line[AccountField.EmailVerified] is { } flag ? Truth(flag, faults) : false;
        var created = line[AccountField.CreatedAt] is { } time ? Time(time, faults) : null;
        var (hash, called) = line[AccountField.PasswordHash] is { } text ? Hash(text, line[AccountField.PasswordSalt], faults) : (null, NoPassword);

        return faults.Count > 0 || email is null
            ? new LineReading.Refused(line.Number, faults)
            : new LineReading.Readable(line.Number, new ImportedAccount(email, verified, name, role, hash, created), called);
    }

    private (string? Hash, string Called) Hash(string text, string? salt, List<LineFault> faults)
    {
        if (salt is not null && firebase is null)
        {
            faults.Add(new(AccountField.PasswordSalt, "A salt of its own belongs to a hash of Firebase, whose parameters were not given"));
            return (null, "");
        }
        var stored = salt is null ? text : firebase!.Stored(text, salt);
        if (stored is not null && StoredHash.NameOf(stored) is { } called) return (stored, called);
        faults.Add(new(AccountField.PasswordHash, salt is null
            ? "No hash of a format that is verified here, or its costs are beyond the caps"
            : "No hash of this Firebase project"));
        return (null, "");
    }

    private static bool Truth(string text, List<LineFault> faults)
    {
        var isTrue = Truths.Contains(text, StringComparer.OrdinalIgnoreCase);
        if (!isTrue && !Untruths.Contains(text, StringComparer.OrdinalIgnoreCase)) faults.Add(new(AccountField.EmailVerified, "Neither true nor false"));
        return isTrue;
    }

    private DateTimeOffset? Time(string text, List<LineFault> faults)
    {
        // A time without an offset is UTC; what the reader would guess at (05/06/2024) is not read.
        if (!Iso8601().IsMatch(text) || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
        {
            faults.Add(new(AccountField.CreatedAt, "No time such as 2024-05-31T12:00:00Z"));
            return null;
        }
        if (time > clock.GetUtcNow()) faults.Add(new(AccountField.CreatedAt, "Not in the past"));
        return time;
    }

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,7})?)?(?:Z|[+-]\d{2}(?::?\d{2})?)?)?\z")]
    private static partial Regex Iso8601();
}
