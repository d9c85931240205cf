using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Cancela.Tests.Host;

/// <summary>A scheme of the host's own: whoever sends the header <c>X-Employee</c> is that employee, with every role and scope.</summary>
internal sealed class HeaderScheme(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "Employees";

    public const string Header = "X-Employee";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers[Header] is not [{ } employee]) return Task.FromResult(AuthenticateResult.NoResult());
        var identity = new ClaimsIdentity([new("name", employee), new("role", "ADMIN"), new("scope", "orders:read account admin")], Name, "name", "role");
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Name)));
    }
}
