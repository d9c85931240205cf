using Cancela.Tests.Contracts;

namespace Cancela.Tests.Accounts;

public sealed class Account_directory : Account_directory_contract
{
    protected override Task<TestDatabase> CreateAsync(TimeProvider clock) => TestDatabase.CreateAsync(clock);
}
