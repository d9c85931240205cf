using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddCancela(options =>
{
    options.Roles.Scopes["USER"] = ["orders:read"];
    options.Roles.Scopes["ADMIN"] = ["orders:read", "orders:write"];
}).UseSqlite("data/app.db");

var app = builder.Build();
app.MapCancela();

// Whoever is signed in, by cookie or by token.
app.MapGet("/hello", (ClaimsPrincipal user) => $"Hello, {user.Identity!.Name}").RequireAuthorization();
app.MapGet("/id", [Authorize] (ClaimsPrincipal user) => user.FindFirstValue(ClaimTypes.NameIdentifier));

// Whose credential permits it: a token may permit less than its account.
string[] orders = ["bread", "wine"];
app.MapGet("/orders", () => orders).RequireScope("orders:read");
app.MapDelete("/orders", () => Results.NoContent()).RequireScope("orders:write");

// Whose account has the role.
app.MapGet("/report", () => "For administrators").RequireRole("ADMIN");
app.MapGet("/report/old", [Authorize(Roles = "ADMIN")] () => "For administrators");

await app.RunAsync();
