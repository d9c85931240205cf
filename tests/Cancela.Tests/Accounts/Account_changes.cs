using Cancela.Tests.Contracts;

namespace Cancela.Tests.Accounts;

public sealed class Account_changes : Account_changes_contract
{
    protected override Task<TestDatabase> CreateAsync(TimeProvider clock) => TestDatabase.CreateAsync(clock);
}
