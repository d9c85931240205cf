using System.Text;
using Cancela.Endpoints;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Cancela.Tests.Endpoints;

/// <summary>HTTP Basic as RFC 6749 section 2.3.1 has it: both parts are form-encoded before they are joined.</summary>
public class Introspecting_services
{
    private const string Secret = "0123456789abcdef0123456789abcdef";

    private readonly IntrospectionClients _clients = new(
        [new ClientOptions { Id = "orders", Secret = Secret }, new ClientOptions { Id = "a b:c", Secret = "sécret:with %, + and spaces 12345" }]);

    [Fact]
    public void A_service_is_known_by_its_name_and_secret() => Assert.True(Knows("orders", Secret));

    [Theory]
    [InlineData("orders", "0123456789abcdef0123456789abcdeF")]
    [InlineData("orders", "")]
    [InlineData("Orders", Secret)]
    [InlineData("other", Secret)]
    [InlineData("", Secret)]
    [InlineData("orders", Secret + "0")]
    public void Another_name_or_secret_is_not(string id, string secret) => Assert.False(Knows(id, secret));

    [Fact]
    public void Names_and_secrets_may_hold_any_character() =>
        Assert.True(_clients.Knows(With(Basic($"{Uri.EscapeDataString("a b:c")}:{Uri.EscapeDataString("sécret:with %, + and spaces 12345")}"))));

    // application/x-www-form-urlencoded writes a space as a plus sign.
    [Fact]
    public void A_space_may_be_a_plus_sign_as_forms_write_it() =>
        Assert.True(_clients.Knows(With(Basic("a+b%3Ac:s%C3%A9cret%3Awith+%25%2C+%2B+and+spaces+12345"))));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Basic")]
    [InlineData("Basic ")]
    [InlineData("Basic not base64!")]
    [InlineData("Basic b3JkZXJz")]
    [InlineData("Bearer b3JkZXJzOjAxMjM=")]
    public void A_header_that_says_neither_knows_nobody(string? header) => Assert.False(_clients.Knows(With(header)));

    [Fact]
    public void The_scheme_is_read_whatever_its_case() => Assert.True(_clients.Knows(With(Basic($"orders:{Secret}").Replace("Basic", "bAsIc"))));

    [Fact]
    public void Two_headers_know_nobody()
    {
        var request = With(Basic($"orders:{Secret}"));
        request.Headers.Append("Authorization", Basic($"orders:{Secret}"));

        Assert.False(_clients.Knows(request));
    }

    [Theory]
    [InlineData("", Secret, "Cancela:Clients:Id")]
    [InlineData("orders", "0123456789abcdef0123456789abcde", "Cancela:Clients")]
    public void A_client_without_a_name_or_a_real_secret_is_a_fault_that_does_not_repeat_the_secret(string id, string secret, string setting)
    {
        var fault = Assert.Single(new ClientOptions { Id = id, Secret = secret }.Faults());

        Assert.StartsWith(setting, fault);
        Assert.DoesNotContain(secret, fault);
    }

    private bool Knows(string id, string secret) => _clients.Knows(With(Basic($"{id}:{secret}")));

    private static string Basic(string pair) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(pair));

    private static HttpRequest With(string? header)
    {
        var context = new DefaultHttpContext();
        if (header is not null) context.Request.Headers.Authorization = header;
        return context.Request;
    }
}
