using Cancela.Accounts;
using Cancela.Audit;
using Cancela.Credentials.Passwords;
using Cancela.Gate;
using Cancela.Problems;
using Cancela.Sql;
using Microsoft.AspNetCore.Http;

namespace Cancela.Endpoints;

/// <summary><c>POST /register</c>.</summary>
internal static class RegisterEndpoints
{
    /// <summary>Creates an account with the role <c>USER</c>. 201 with the user, 409 <c>email_taken</c>, 422 with what is wrong.</summary>
    public static async Task<IResult> Register(
        JsonBody<RegisterRequest> body, Database database, AccountFields fields, PasswordHasher hasher, AccountDirectory accounts, Roles roles, AuditLog audit,
        HttpContext context, CancellationToken cancellationToken)
    {
        var faults = new List<FieldFault>();
        var email = AccountFields.Email(body.Value.Email, faults);
        var name = AccountFields.Name(body.Value.Name, faults);
        fields.NewPassword("password", body.Value.Password, body.Value.Email ?? "", name, faults);
        if (faults.Count > 0) return AccountFields.Refuse(faults);

        var hashing = await hasher.HashAsync(body.Value.Password!, cancellationToken);
        if (hashing is HashOutcome.Overloaded(var retryAfter)) return new ProblemResult(Problem.Overloaded) { RetryAfter = retryAfter };
        var creation = await database.TransactAsync(async transaction =>
        {
            var done = await accounts.CreateAsync(transaction, email!, name, ((HashOutcome.Hashed)hashing).Phc, Roles.User);
            if (done is AccountCreation.Created(var created))
                audit.Append(transaction, new(AuditEvents.Registered, AuditEvent.Success, created.Id), ClientInfoReader.Of(context));
            return done;
        }, cancellationToken);
        return creation is AccountCreation.Created(var account)
            ? new Answer<UserEnvelope>(new(UserResponse.Of(account, roles)), StatusCodes.Status201Created)
            : new ProblemResult(Problem.EmailTaken);
    }
}
