using System.Text;
using System.Text.Json.Nodes;
using Cancela.Tests.Tokens;
using Cancela.Tokens;
using Microsoft.Extensions.DependencyInjection;

namespace Cancela.Tests.Hostile;

/// <summary>Tokens that the host's own key signed and the host never issued.</summary>
internal static class Forgery
{
    public static string Rewrite(this CancelaHost host, string token, Action<JsonObject> change)
    {
        var key = host.Services.GetRequiredService<Keys>().Current.Signing;
        var parts = token.Split('.');
        var claims = JsonNode.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(parts[1]))!.AsObject();
        change(claims);
        return TokenLab.SignText(parts[0], System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims.ToJsonString())), key);
    }
}
