using Cancela.Tests.Contracts;

namespace Cancela.Tests.Accounts;

public sealed class Operators_plain_SQL : Operators_plain_SQL_contract
{
    protected override Task<TestDatabase> CreateAsync(TimeProvider clock) => TestDatabase.CreateAsync(clock);
}
