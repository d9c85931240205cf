using Cancela.Accounts;
using Cancela.Audit;
using Cancela.Credentials.Passwords;
using Cancela.Gate;
using Cancela.Problems;
using Microsoft.AspNetCore.Http;

namespace Cancela.Endpoints;

/// <summary><c>POST /register</c>.</summary>
internal static class RegisterEndpoints
{
    /// <summary>Creates an account with the role <c>USER</c>. 201 with the user, 409 <c>email_taken</c>, 422 with what is wrong.</summary>
    public static async Task<IResult> Register(
        JsonBody<RegisterRequest> body, AccountFields fields, PasswordHasher hasher, AccountDirectory accounts, Roles roles, AuditLog audit,
        HttpContext context, CancellationToken cancellationToken)
    {
        var faults = new List<FieldFault>();
        var email = fields.Email(body.Value.Email, faults);
        var name = fields.Name(body.Value.Name, faults);
        fields.NewPassword("password", body.Value.Password, body.Value.Email ?? "", name, faults);
        if (faults.Count > 0) return AccountFields.Refuse(faults);

        if (await hasher.HashAsync(body.Value.Password!, cancellationToken) is not HashOutcome.Hashed(var hash))
            return new ProblemResult(Problem.Overloaded);
        if (await accounts.CreateAsync(email!, name, hash, Roles.User, cancellationToken) is not AccountCreation.Created(var account))
            return new ProblemResult(Problem.EmailTaken);

        await audit.AppendAsync(new(AuditEvents.Registered, AuditEvent.Success, account.Id), ClientInfoReader.Of(context), cancellationToken);
        return new Answer<UserEnvelope>(new(UserResponse.Of(account, roles)), StatusCodes.Status201Created);
    }
}
