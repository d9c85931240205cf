using System.CommandLine;
using Cancela.Audit;
using Cancela.Credentials.Totp;
using Cancela.Secrets;

namespace Cancela.Server.Commands;

/// <summary><c>keys list|rotate|retire|reseal</c>.</summary>
internal static class KeyCommands
{
    public static Command Build(Shell shell) => new("keys", "Signing keys.") { List(shell), Rotate(shell), Retire(shell), Reseal(shell) };

    private static Command List(Shell shell)
    {
        var command = new Command("list", "Lists the signing keys, newest first.");
        command.SetAction((_, token) => shell.RunAsync(async services =>
        {
            var keys = await Keys(services).ListAsync(token);
            var signing = keys.Find(static key => key.RetiredAt is null);
            await Table.PrintAsync(Shell.Out,
            [
                ["KID", "ALGORITHM", "CREATED", "STATE"],
                .. keys.Select(key => (string[])[key.KeyId, key.Algorithm.ToString(), Table.Time(key.CreatedAt), StateOf(key, signing)]),
            ]);
            return CommandLine.Done;
        }, token));
        return command;
    }

    private static Command Rotate(Shell shell)
    {
        var command = new Command("rotate", "Makes a new key that signs from now on. What the others signed goes on counting.");
        command.SetAction((_, token) => shell.RunAsync(async services =>
        {
            var key = await Keys(services).RotateAsync(ClientInfo.None, token);
            await Shell.Out.WriteLineAsync($"{key.KeyId} signs.");
            return CommandLine.Done;
        }, token));
        return command;
    }

    private static Command Retire(Shell shell)
    {
        var kid = new Argument<string>("kid") { Description = "The key's ID. Put -- before one that begins with a dash." };
        var command = new Command("retire", "Retires a key at once: nothing that it signed counts any longer.") { kid };
        command.SetAction((parsed, token) => shell.RunAsync(async services =>
        {
            var keyId = parsed.GetRequiredValue(kid);
            switch (await Keys(services).RetireAsync(keyId, ClientInfo.None, token))
            {
                case Retirement.Unknown: return await Shell.RefuseAsync($"There is no key {keyId}.");
                case Retirement.AlreadyRetired: return await Shell.RefuseAsync($"{keyId} was retired before.");
                case Retirement.StillSigning: return await Shell.RefuseAsync($"{keyId} is the key that signs: rotate first.");
            }
            await Shell.Out.WriteLineAsync($"{keyId} is retired.");
            return CommandLine.Done;
        }, token));
        return command;
    }

    private static Command Reseal(Shell shell)
    {
        var command = new Command("reseal", "Encrypts under Cancela:Signing:Secret what lies encrypted under one of OtherSecrets. Afterwards that one can go.");
        command.SetAction((_, token) => shell.RunAsync(async services =>
        {
            var keys = await Keys(services).RewrapAsync(token);
            var secrets = await services.GetRequiredService<TotpSecrets>().ResealAsync(token);
            await Shell.Out.WriteLineAsync($"Encrypted anew: {keys} signing keys, {secrets.Resealed} TOTP secrets.");
            await ReplaceThoseOfOthersAsync(Keys(services), token);
            if (secrets.Unopened.Count > 0)
                return await Shell.RefuseAsync($"{secrets.Unopened.Count} TOTP secrets do not open under any of the secrets: name the one that is missing in OtherSecrets, or users reset-second-factor. First: {secrets.Unopened[0]}.");
            return CommandLine.Done;
        }, token));
        return command;
    }

    // A former secret that is a signing key itself would go on opening every door, whatever it lies encrypted under.
    private static async Task ReplaceThoseOfOthersAsync(SigningKeyDirectory keys, CancellationToken cancellationToken)
    {
        var made = await keys.MadeOfOthersAsync(cancellationToken);
        if (made.Count == 0) return;
        var signing = (await keys.ListAsync(cancellationToken)).Find(static key => key.RetiredAt is null);
        if (made.Contains(signing!)) await Shell.Out.WriteLineAsync($"{(await keys.RotateAsync(ClientInfo.None, cancellationToken)).KeyId} signs from now on.");
        foreach (var key in made)
            await Shell.Out.WriteLineAsync($"{key.KeyId} is a former secret itself: whoever kept that can sign with it. When its tokens have expired, or at once: keys retire -- {key.KeyId}");
    }

    private static SigningKeyDirectory Keys(IServiceProvider services) => services.GetRequiredService<SigningKeyDirectory>();

    private static string StateOf(StoredKey key, StoredKey? signing) =>
        key.RetiredAt is { } at ? $"retired {Table.Time(at)}" : key == signing ? "signs" : "verifies";
}
