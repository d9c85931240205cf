using System.Text.Json;
using System.Text.RegularExpressions;
using Cancela.Tests.House;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Cancela.Tests.Server;

/// <summary><c>/openapi/v1.json</c> against what is mapped, and against what is sent.</summary>
public sealed partial class Api_document
{
    [Fact]
    public async Task It_holds_every_endpoint_and_no_other()
    {
        await using var host = await CancelaHost.StartAsync();
        var mapped = Mapped(host, static _ => true).Concat(["GET /healthz", "GET /readyz"]);
        Assert.Equal(mapped.Order(StringComparer.Ordinal), (await OperationsAsync()).Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Each_operation_has_a_line_about_it_and_shows_its_problems_as_they_are_sent()
    {
        var document = await DocumentAsync();
        Expect.None((await OperationsAsync()).Where(operation => !operation.Value.TryGetProperty("summary", out _)).Select(operation => operation.Key));

        using var folder = new ServerFolder();
        await using var server = await folder.StartAsync();
        using var client = new TestClient(server.Address);
        var schema = document.GetProperty("components").GetProperty("schemas").GetProperty("ProblemDetails").GetProperty("properties");
        var sent = (await client.FormAsync("/auth/token")).Expect(422).Json.EnumerateObject().Select(member => member.Name);
        Assert.Empty(sent.Except(Names(schema)));
    }

    [Fact]
    public async Task Bodies_have_the_names_that_are_sent()
    {
        var schemas = (await DocumentAsync()).GetProperty("components").GetProperty("schemas");
        using var folder = new ServerFolder();
        await using var server = await folder.StartAsync();
        using var client = new TestClient(server.Address);
        var user = await client.RegisterAsync(Person.Ada);
        Assert.Equal(user.EnumerateObject().Select(member => member.Name), Names(schemas.GetProperty("UserResponse").GetProperty("properties")));
        var tokens = await client.TokenAsync(Person.Ada);
        // Told once, with the sign-in that a second factor is enrolled with.
        Assert.Equal(
            tokens.Json.EnumerateObject().Select(member => member.Name).Append("recovery_codes"), Names(schemas.GetProperty("TokenResponse").GetProperty("properties")));
        Assert.Equal(["email", "password"], Required(schemas.GetProperty("RegisterRequest")));
        Assert.Equal(["current_password", "new_password"], Required(schemas.GetProperty("PasswordChangeRequest")));
        Assert.Empty(Required(schemas.GetProperty("UserUpdateRequest")));
        Assert.DoesNotContain("refresh_token", Required(schemas.GetProperty("TokenResponse")));
    }

    [Fact]
    public async Task It_says_who_may_call_and_with_what()
    {
        var operations = await OperationsAsync();
        Assert.Equal(["bearer", "cookie"], Schemes(operations["GET /auth/me"]));
        await using var host = await CancelaHost.StartAsync();
        var guarded = Mapped(host, static endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null).ToList();
        Assert.NotEmpty(guarded);
        Expect.None(guarded.Where(operation => !Schemes(operations[operation]).SequenceEqual(["bearer", "cookie"])));
        Assert.Equal(["refresh_token"], Schemes(operations["POST /auth/refresh"]));
        Assert.Equal(["client"], Schemes(operations["POST /auth/introspect"]));
        Assert.Empty(Schemes(operations["POST /register"]));
        var form = operations["POST /auth/token"].GetProperty("requestBody").GetProperty("content").GetProperty("application/x-www-form-urlencoded").GetProperty("schema");
        Assert.Equal(["code", "grant_type", "password", "recovery_code", "scope", "username"], Names(form.GetProperty("properties")).Order());
        Assert.Equal(["password", "username"], Required(form).Order());
    }

    [Fact]
    public async Task It_names_the_refusals_that_depend_on_more_than_the_body()
    {
        var operations = await OperationsAsync();
        // From one network, or for one account: where a password is looked at, and where one's own account changes.
        Assert.Equal(
            [
                "DELETE /auth/sessions", "DELETE /auth/sessions/{id}", "DELETE /auth/totp", "DELETE /users/{id}", "POST /auth/login", "POST /auth/login/second-factor",
                "POST /auth/login/second-factor/totp", "POST /auth/password/change", "POST /auth/recovery-codes", "POST /auth/refresh", "POST /auth/token", "POST /auth/totp",
                "POST /auth/totp/confirm", "POST /register", "PUT /users/{id}",
            ],
            operations.Where(operation => Statuses(operation.Value).Contains("429")).Select(operation => operation.Key).Order(StringComparer.Ordinal));
        Assert.Equal(["204", "401", "403", "503"], Statuses(operations["POST /auth/logout"]).Order());
        Expect.None(operations.Where(operation => Schemes(operation.Value).Contains("bearer") && !Statuses(operation.Value).Contains("401")).Select(operation => operation.Key));
        Expect.None(operations.Where(operation => operation.Value.TryGetProperty("requestBody", out _) && Statuses(operation.Value).Intersect(["400", "413", "415"]).Count() < 3)
            .Select(operation => operation.Key));
        Expect.None(operations.Where(operation => !Statuses(operation.Value).Contains("503") && operation.Key != "GET /healthz").Select(operation => operation.Key));
    }

    [Fact]
    public async Task It_sorts_the_operations_under_headings_of_its_own()
    {
        var document = await DocumentAsync();
        string[] headings = [.. document.GetProperty("tags").EnumerateArray().Select(tag => tag.GetProperty("name").GetString()!)];
        Assert.Equal(["Accounts", "Devices", "Health", "People", "Second factor", "Tokens"], headings.Order(StringComparer.Ordinal));
        var list = document.GetProperty("paths").GetProperty("/users").GetProperty("get").GetProperty("parameters").EnumerateArray();
        Assert.Equal([("after", "uuid"), ("limit", "int32")], list.Select(field => (field.GetProperty("name").GetString(), field.GetProperty("schema").GetProperty("format").GetString())));
    }

    [Fact]
    public async Task The_page_that_shows_it_needs_nobody_else_and_no_inline_code()
    {
        using var folder = new ServerFolder("Development");
        await using var server = await folder.StartAsync();
        using var client = new TestClient(server.Address);
        var page = (await client.GetAsync("/docs/index.html")).Expect(200);
        Assert.Contains("script-src 'self';", page.Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.DoesNotMatch(@"<script(?![^>]*\ssrc=)|<style|https?://", page.Body);
        foreach (Match source in Source().Matches(page.Body)) (await client.GetAsync("/docs/" + source.Groups[1].Value)).Expect(200);
    }

    private static async Task<JsonElement> DocumentAsync()
    {
        using var folder = new ServerFolder();
        await using var server = await folder.StartAsync("--Cancela:Server:ApiDocs=true");
        using var client = new TestClient(server.Address);
        return (await client.GetAsync("/openapi/v1.json")).Expect(200).Json;
    }

    private static async Task<Dictionary<string, JsonElement>> OperationsAsync() =>
        (await DocumentAsync()).GetProperty("paths").EnumerateObject()
        .SelectMany(path => path.Value.EnumerateObject().Select(operation => (Name: $"{operation.Name.ToUpperInvariant()} {path.Name}", operation.Value)))
        .ToDictionary(operation => operation.Name, operation => operation.Value);

    private static IEnumerable<string> Mapped(CancelaHost host, Func<RouteEndpoint, bool> which) =>
        from endpoint in host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(which)
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []
        select $"{method} {Unconstrained(endpoint.RoutePattern.RawText!)}";

    private static IEnumerable<string> Names(JsonElement properties) => properties.EnumerateObject().Select(property => property.Name);

    private static IEnumerable<string?> Required(JsonElement schema) =>
        schema.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(name => name.GetString()) : [];

    private static IEnumerable<string> Schemes(JsonElement operation) =>
        operation.TryGetProperty("security", out var security) ? security.EnumerateArray().SelectMany(Names) : [];

    private static IEnumerable<string> Statuses(JsonElement operation) => Names(operation.GetProperty("responses"));

    private static string Unconstrained(string pattern) => Constraint().Replace(pattern, "}");

    [GeneratedRegex(@":\w+\}")]
    private static partial Regex Constraint();

    [GeneratedRegex("""(?:src|href)="([^"]+)"[^>]*>""")]
    private static partial Regex Source();
}
