using Cancela;
using Cancela.Sql;
using Cancela.Sqlite;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Chooses SQLite.</summary>
public static class SqliteServices
{
    /// <summary>
    /// Keeps everything in one SQLite file, on the operating system's library (3.37 or newer). The file and its folder are made
    /// at the first start, readable by their owner only. Several processes on one machine may share the file.
    /// </summary>
    public static CancelaBuilder UseSqlite(this CancelaBuilder builder, string file)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSingleton<Database>(at => new SqliteDatabase(file, at.GetRequiredService<TimeProvider>()));
        return builder;
    }
}
