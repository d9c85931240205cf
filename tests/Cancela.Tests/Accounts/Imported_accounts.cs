using Cancela.Tests.Contracts;

namespace Cancela.Tests.Accounts;

public sealed class Imported_accounts : Imported_accounts_contract
{
    protected override Task<TestDatabase> CreateAsync(TimeProvider clock) => TestDatabase.CreateAsync(clock);
}
