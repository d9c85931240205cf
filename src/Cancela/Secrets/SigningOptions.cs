using Cancela.Tokens;

namespace Cancela.Secrets;

/// <summary>What tokens are signed with. Section <c>Cancela:Signing</c>.</summary>
public sealed class SigningOptions
{
    /// <summary><c>HS256</c> (default) or <c>ES256</c>, for services elsewhere that verify with the public key alone.</summary>
    public SigningAlgorithm Algorithm { get; set; } = SigningAlgorithm.HS256;

    /// <summary>
    /// The deployment's secret: base64url, at least 32 random bytes. It is the first HS256 key, and the key under which
    /// all later keys lie encrypted in the database. In Development one is made at the first start; elsewhere it must be set.
    /// </summary>
    public string? Secret { get; set; }

    /// <summary>
    /// Other secrets that open what lies encrypted in the database (signing keys, TOTP secrets): the one before a rotation, or the one after
    /// it while nodes are replaced. Nothing new is encrypted under them. Default none.
    /// </summary>
    public IList<string> OtherSecrets { get; } = [];

    internal IEnumerable<string> Faults()
    {
        if (Algorithm is not (SigningAlgorithm.HS256 or SigningAlgorithm.ES256)) yield return "Cancela:Signing:Algorithm must be HS256 or ES256: others are verified, not issued.";
        if (Secret is null) yield return "Cancela:Signing:Secret is not set: outside Development there is none by default. Make one with: openssl rand -base64 32 | tr '+/' '-_' | tr -d '='";
        else if (RootSecret.FaultOf(Secret, "Cancela:Signing:Secret") is { } fault) yield return fault;
        foreach (var fault in OtherSecrets.Select(static other => RootSecret.FaultOf(other, "Cancela:Signing:OtherSecrets")).OfType<string>()) yield return fault;
    }
}
