using Cancela.Sql;

namespace Cancela.SignIn;

/// <summary>A second factor that is right at this moment. It counts when it is spent.</summary>
/// <param name="Factor">What it is, for the audit log: <c>totp</c> or <c>recovery_code</c>.</param>
/// <param name="Methods">RFC 8176: what it adds to the methods of the sign-in.</param>
/// <param name="SpendAsync">Uses it up. Of any number of parallel uses one returns true.</param>
internal sealed record SecondFactorMatch(string Factor, string Methods, Func<Transaction, Task<bool>> SpendAsync);
