using System.Security.Cryptography;
using Xunit;

namespace Cancela.Tests.Conformance;

/// <summary>S4: "Errors are HTTP 401 with a <c>detail</c> in Portuguese", the six of the table, and in English for who asks.</summary>
public sealed partial class S4_refresh_rotation
{
    /// <summary>"expired token | Token expirado".</summary>
    [Fact]
    public async Task An_expired_token_is_Token_expirado()
    {
        var (program, reply) = await ProgramAsync(await SomebodyAsync());
        using var client = program;
        await Host.AdvanceAsync(Week);
        await RefusedAsync(client, () => ShowAsync(client, reply.Text("access_token")), "token_expired", "Token expirado", "Token expired");
        await RefusedAsync(client, () => RefreshAsync(client, reply.Text("refresh_token")), "token_expired", "Token expirado", "Token expired");
    }

    /// <summary>"malformed, corrupted or forged token | Token inválido ou malformado".</summary>
    [Fact]
    public async Task A_malformed_corrupted_or_forged_token_is_Token_inválido_ou_malformado()
    {
        var (program, reply) = await ProgramAsync(await SomebodyAsync());
        using var client = program;
        var good = reply.Text("access_token")!;
        var token = Jot.Read(good);
        var middle = good.Length / 2;
        string[] bad =
        [
            "nonsense", "a.b.c", good[..^1], good + ".x", $"{good[..middle]}{(good[middle] == 'A' ? 'B' : 'A')}{good[(middle + 1)..]}",
            token.Forge(claims => claims["role"] = "ADMIN", RandomNumberGenerator.GetBytes(32)), token.Forge(claims => claims.Remove("type")),
            token.Forge(claims => claims["iss"] = "somebody else"), token.Forge(claims => claims["aud"] = "somebody else"),
            token.Forge(claims => claims.Remove("exp")),
        ];
        foreach (var one in bad)
            await RefusedAsync(client, () => ShowAsync(client, one), "token_malformed", "Token inválido ou malformado", "Invalid or malformed token");
        await RefusedAsync(client, () => RefreshAsync(client, "nonsense"), "token_malformed", "Token inválido ou malformado", "Invalid or malformed token");
        (await ShowAsync(client, good)).Expect(200);
    }

    /// <summary>"wrong type | Token inválido: esperado tipo {tipo} (access or refresh)".</summary>
    [Fact]
    public async Task The_wrong_type_is_Token_inválido_esperado_tipo()
    {
        var (program, reply) = await ProgramAsync(await SomebodyAsync());
        using var client = program;
        await RefusedAsync(
            client, () => ShowAsync(client, reply.Text("refresh_token")), "token_wrong_type",
            "Token inválido: esperado tipo access", "Invalid token: expected type access");
        await RefusedAsync(
            client, () => RefreshAsync(client, reply.Text("access_token")), "token_wrong_type",
            "Token inválido: esperado tipo refresh", "Invalid token: expected type refresh");
    }

    /// <summary>"no subject | Token inválido: subject não encontrado".</summary>
    [Fact]
    public async Task No_subject_is_Token_inválido_subject_não_encontrado()
    {
        var (program, reply) = await ProgramAsync(await SomebodyAsync());
        using var client = program;
        var (access, refresh) = (Jot.Read(reply.Text("access_token")), Jot.Read(reply.Text("refresh_token")));
        const string portuguese = "Token inválido: subject não encontrado";
        const string english = "Invalid token: subject not found";
        await RefusedAsync(client, () => ShowAsync(client, access.Forge(claims => claims.Remove("sub"))), "token_no_subject", portuguese, english);
        await RefusedAsync(client, () => RefreshAsync(client, refresh.Forge(claims => claims.Remove("sub"))), "token_no_subject", portuguese, english);
    }

    /// <summary>"user no longer exists | Usuário não encontrado".</summary>
    [Fact]
    public async Task A_user_who_no_longer_exists_is_Usuário_não_encontrado()
    {
        var person = await SomebodyAsync();
        var (program, reply) = await ProgramAsync(person);
        using var client = program;
        (await client.DeleteAsync($"/users/{person.Id}")).Expect(204);
        await RefusedAsync(client, () => ShowAsync(client, reply.Text("access_token")), "user_not_found", "Usuário não encontrado", "User not found");
        await RefusedAsync(client, () => RefreshAsync(client, reply.Text("refresh_token")), "user_not_found", "Usuário não encontrado", "User not found");
    }

    /// <summary>"bad credentials | Email ou senha incorretos", whether the address is known or not.</summary>
    [Fact]
    public async Task Bad_credentials_are_Email_ou_senha_incorretos()
    {
        var person = await SomebodyAsync();
        using var client = Host.Client();
        foreach (var username in new[] { person.Email, $"nobody.{person.Email}" })
        {
            await RefusedAsync(
                client, () => client.FormAsync("/auth/token", ("username", username), ("password", "errada errada errada")), "invalid_credentials",
                "Email ou senha incorretos", "Incorrect email or password");
        }
        await RefusedAsync(
            client, () => client.PostAsync("/auth/login", new { email = person.Email, password = "errada errada errada" }), "invalid_credentials",
            "Email ou senha incorretos", "Incorrect email or password");
    }
}
