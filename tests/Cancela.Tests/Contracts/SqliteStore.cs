using Cancela.Sql;
using Cancela.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Cancela.Tests.Contracts;

/// <summary>A file in the folder.</summary>
internal sealed class SqliteStore(string folder) : TestStore(folder)
{
    private string File => Path.Combine(Folder, "test.db");

    internal override RawSql Sql => new(File);

    public override Database Open(TimeProvider clock) => new SqliteDatabase(File, clock);

    public override void Choose(CancelaBuilder cancela) => cancela.UseSqlite(File);
}
