using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Cancela.Tests.Host;

/// <summary>A controller as every ASP.NET Core developer writes one.</summary>
[ApiController]
[Route("mvc/orders")]
public sealed class OrdersController : ControllerBase
{
    [HttpGet("public")]
    public string Public() => "public";

    [HttpGet]
    [Authorize]
    public string Own() => User.FindFirstValue(ClaimTypes.NameIdentifier)!;

    [HttpGet("all")]
    [Authorize(Roles = "ADMIN")]
    public string All() => "all";
}
