using System.Reflection;
using System.Text;
using Cancela.Endpoints;
using Cancela.Problems;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Cancela.Tests.Endpoints;

public class Bodies_that_are_read
{
    private const string Form = "application/x-www-form-urlencoded";

    private static readonly ParameterInfo[] Parameters = typeof(Bodies_that_are_read).GetMethod(nameof(Handler), BindingFlags.NonPublic | BindingFlags.Static)!.GetParameters();

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("application/merge-patch+json")]
    public async Task JSON_is_read_and_unknown_members_are_ignored(string type)
    {
        var body = await JsonAsync("""{"email":"a@b.c","password":"p","role":"ADMIN"}""", type);

        Assert.Null(body.Fault);
        Assert.Equal(new LoginRequest("a@b.c", "p"), body.Value);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("{")]
    [InlineData("{\"email\":7}")]
    [InlineData("{\"email\":\"a\",\"email\":\"b\"}")]
    [InlineData("{\"email\":\"a\"} trailing")]
    [InlineData("{\"email\":\"a\",}")]
    [InlineData("// comment\n{}")]
    public async Task What_is_no_such_object_is_malformed(string json) => Assert.Same(Problem.MalformedRequest, (await JsonAsync(json, "application/json")).Fault!.Problem);

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    [InlineData(Form)]
    [InlineData("text/plain; application/json")]
    public async Task JSON_under_another_name_is_not_read(string? type) => Assert.Same(Problem.UnsupportedMediaType, (await JsonAsync("{}", type)).Fault!.Problem);

    [Fact]
    public async Task A_form_is_read_and_an_empty_value_is_none()
    {
        var body = await FormAsync("username=a%40b.c&password=a+b%2B&scope=", Form + "; charset=utf-8");

        Assert.Null(body.Fault);
        Assert.Equal("a@b.c", body["username"]);
        Assert.Equal("a b+", body["password"]);
        Assert.Null(body["scope"]);
        Assert.Null(body["other"]);
    }

    [Fact]
    public async Task A_field_that_comes_twice_is_malformed() =>
        Assert.Same(Problem.MalformedRequest, (await FormAsync("username=a&username=b", Form)).Fault!.Problem);

    [Theory]
    [InlineData(null)]
    [InlineData("application/json")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData(Form + "x")]
    public async Task A_form_under_another_name_is_not_read(string? type) => Assert.Same(Problem.UnsupportedMediaType, (await FormAsync("a=b", type)).Fault!.Problem);

    [Fact]
    public async Task Where_the_form_may_be_absent_no_body_is_an_empty_form()
    {
        var body = await FormBody.BindAsync(Context("", null), Parameters[1]);

        Assert.Null(body.Fault);
        Assert.Null(body["refresh_token"]);
    }

    [Fact]
    public async Task Where_it_may_not_no_body_is_no_form() =>
        Assert.Same(Problem.UnsupportedMediaType, (await FormBody.BindAsync(Context("", null), Parameters[0])).Fault!.Problem);

    [Fact]
    public void A_body_that_is_too_large_is_told_apart_from_a_broken_one()
    {
        Assert.Same(Problem.TooLarge, Bodies.ProblemOf(new BadHttpRequestException("", 413)));
        Assert.Same(Problem.MalformedRequest, Bodies.ProblemOf(new BadHttpRequestException("", 400)));
        Assert.Equal(64 * 1024, Bodies.Limit.MaxRequestBodySize);
    }

#pragma warning disable IDE0060 // Only its parameters are looked at.
    private static void Handler(FormBody needed, FormBody? optional = null)
    {
    }
#pragma warning restore IDE0060

    private static ValueTask<JsonBody<LoginRequest>> JsonAsync(string body, string? type) => JsonBody<LoginRequest>.BindAsync(Context(body, type), Parameters[0]);

    private static ValueTask<FormBody> FormAsync(string body, string? type) => FormBody.BindAsync(Context(body, type), Parameters[0]);

    private static DefaultHttpContext Context(string body, string? type)
    {
        var context = new DefaultHttpContext();
        var bytes = Encoding.UTF8.GetBytes(body);
        context.Request.Body = new MemoryStream(bytes);
        context.Request.ContentLength = bytes.Length;
        if (type is not null) context.Request.ContentType = type;
        return context;
    }
}
