using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Cancela.Credentials.Passwords.Foreign;

namespace Cancela.Server.Commands;

/// <summary>The parameters of a Firebase project on the command line: all of them or none.</summary>
internal sealed class FirebaseOptions
{
    private readonly Option<string?> _signerKey = new("--firebase-signer-key") { Description = "Of the Firebase project's password hash parameters: base64_signer_key." };
    private readonly Option<string?> _separator = new("--firebase-salt-separator") { Description = "base64_salt_separator." };
    private readonly Option<string?> _rounds = new("--firebase-rounds") { Description = "rounds." };
    private readonly Option<string?> _memCost = new("--firebase-mem-cost") { Description = "mem_cost." };

    public void AddTo(Command command)
    {
        command.Add(_signerKey);
        command.Add(_separator);
        command.Add(_rounds);
        command.Add(_memCost);
        command.Validators.Add(result =>
        {
            var given = new[] { _signerKey, _separator, _rounds, _memCost }.Count(option => result.GetResult(option) is not null);
            if (given is > 0 and < 4) result.AddError("The four options of Firebase belong together: --firebase-signer-key, --firebase-salt-separator, --firebase-rounds and --firebase-mem-cost.");
            else if (given == 4 && Read(result) is null) result.AddError("These cannot be the parameters of a Firebase project, or cost more than is verified.");
        });
    }

    /// <summary>The project, or <see langword="null"/> where none was named.</summary>
    public FirebaseProject? Of(ParseResult parsed) => Read(parsed.CommandResult);

    private FirebaseProject? Read(CommandResult result) =>
        result.GetValue(_signerKey) is { } key && result.GetValue(_separator) is { } separator && Number(result, _rounds) is { } rounds && Number(result, _memCost) is { } memCost
            ? FirebaseProject.Read(key, separator, rounds, memCost)
            : null;

    private static int? Number(CommandResult result, Option<string?> option) =>
        int.TryParse(result.GetValue(option), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
