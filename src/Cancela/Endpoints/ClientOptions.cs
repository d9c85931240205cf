namespace Cancela.Endpoints;

/// <summary>A service that may introspect tokens. One entry of <c>Cancela:Clients</c>.</summary>
public sealed class ClientOptions
{
    /// <summary>Its name: what it says as user in HTTP Basic.</summary>
    public string Id { get; set; } = "";

    /// <summary>Its secret: at least 32 characters.</summary>
    public string Secret { get; set; } = "";

    internal IEnumerable<string> Faults()
    {
        if (Id.Length is 0 or > 100) yield return "Cancela:Clients:Id must have 1 to 100 characters.";
        if (Secret.Length < 32) yield return $"Cancela:Clients: the secret of '{Id}' must have at least 32 characters.";
    }
}
