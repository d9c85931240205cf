using System.Net.Http.Json;

namespace Cancela.Faults;

/// <summary>What all callers of a run share: the doors, the journal, what there is to show, and the administrator.</summary>
/// <param name="Doors">The nodes' and nginx'.</param>
/// <param name="Browser">The strategy of cookies.</param>
/// <param name="Token">The strategy of tokens.</param>
internal sealed record Town(IReadOnlyList<Door> Doors, string Browser, string Token, Journal Journal, Pool Pool)
{
    /// <summary>Good enough for the policy.</summary>
    public const string Password = "correto cavalo bateria grampo";

    private int _accounts;
    private int _revocations;

    /// <summary>What the administrator shows. It is never ended.</summary>
    public Credential Administrator { get; set; } = null!;

    /// <summary>Acknowledged ones.</summary>
    public int Revocations => _revocations;

    public int NextAccount() => Interlocked.Increment(ref _accounts);

    public static string EmailOf(int account) => $"person{account}@example.com";

    /// <summary>Shows a credential where it is checked, and writes down what came of it.</summary>
    public async Task<Answer> ShowAsync(Door door, Credential credential)
    {
        var answer = credential.Kind == CredentialKind.Refresh
            ? await door.SendAsync(HttpMethod.Post, "/auth/refresh", credential)
            : await door.SendAsync(HttpMethod.Get, "/auth/me", credential);
        Heard(answer, credential);
        return answer;
    }

    /// <summary>
    /// Shows it where nothing but the credential is looked at: somebody else's account, which it may not see. What passes the
    /// gate gets 403, without a read of the database that would fail for reasons of its own.
    /// </summary>
    public async Task<Answer> PassAsync(Door door, Credential credential)
    {
        if (credential.Kind == CredentialKind.Refresh) return await ShowAsync(door, credential);
        var answer = await door.SendAsync(HttpMethod.Get, $"/users/{Guid.Empty}", credential);
        if (answer.Status == 403) answer = answer with { Status = 200, Body = "" };
        Heard(answer, credential, gateOnly: true);
        return answer;
    }

    /// <summary>Writes down that a credential was shown.</summary>
    public void Heard(Answer answer, Credential credential, bool gateOnly = false)
    {
        Journal.Shown.Enqueue(new(credential.Number, answer.Door, answer.Sent, answer.Received, answer.Outcome, RoleIn(answer), gateOnly));
        if (answer.Outcome == Outcome.Odd) Journal.Oddities.Enqueue($"{credential}: {answer}");
    }

    public void Ended(Ending ending)
    {
        Journal.Endings.Enqueue(ending);
        if (ending.Acknowledged is not null && ending.Kind is not (EndingKind.Rotation or EndingKind.SideEffect)) Interlocked.Increment(ref _revocations);
    }

    public static HttpContent Credentials(int account, string password) => JsonContent.Create(new { email = EmailOf(account), password });

    public static HttpContent Form(params (string Name, string Value)[] fields) =>
        new FormUrlEncodedContent(fields.Select(static field => KeyValuePair.Create(field.Name, field.Value)));

    private static string? RoleIn(Answer answer) =>
        answer.Status != 200 ? null
        : answer.Body.Contains("\"role\":\"EDITOR\"", StringComparison.Ordinal) ? "EDITOR"
        : answer.Body.Contains("\"role\":\"USER\"", StringComparison.Ordinal) ? "USER" : null;
}
