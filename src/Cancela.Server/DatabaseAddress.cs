using Cancela.Postgres;
using Cancela.Sql;
using Cancela.Sqlite;

namespace Cancela.Server;

/// <summary>Where a database is, as settings and commands write it: one of the two cases below and no other.</summary>
internal abstract record DatabaseAddress
{
    public const string Default = "sqlite:data/cancela.db";

    private const string SqliteScheme = "sqlite:";
    private const string PostgresScheme = "postgres:";

    private DatabaseAddress()
    {
    }

    /// <summary>A file: <c>sqlite:data/cancela.db</c>.</summary>
    public sealed record Sqlite(string File) : DatabaseAddress;

    /// <summary>A server: <c>postgres:Host=db;Database=cancela;Username=cancela;Password=…</c>. It never prints itself: there is a password in it.</summary>
    public sealed record Postgres(string ConnectionString) : DatabaseAddress
    {
        public override string ToString() => "postgres:…";
    }

    /// <summary>Reads an address; <see langword="null"/> when it is none, with what is wrong in one sentence, which does not repeat it.</summary>
    /// <param name="text">The address.</param>
    /// <param name="folder">What a relative path of a file begins at.</param>
    /// <param name="fault">What is wrong.</param>
    public static DatabaseAddress? Read(string text, string folder, out string? fault)
    {
        fault = null;
        if (After(SqliteScheme) is { Length: > 0 } file) return new Sqlite(Path.GetFullPath(file, folder));
        if (After(PostgresScheme) is { Length: > 0 } connectionString)
        {
            try
            {
                PostgresConnections.SettingsOf(connectionString);
                return new Postgres(connectionString);
            }
            catch (ArgumentException)
            {
                fault = "postgres: takes a connection string with at least a Host and a Database, for example postgres:Host=localhost;Database=cancela;Username=cancela;Password=….";
                return null;
            }
        }
        fault = "must be sqlite:<file>, for example sqlite:data/cancela.db, or postgres:<connection string>, for example postgres:Host=localhost;Database=cancela;Username=cancela;Password=….";
        return null;

        string? After(string scheme) => text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) ? text[scheme.Length..] : null;
    }

    /// <summary>Chooses it for a host.</summary>
    public CancelaBuilder Use(CancelaBuilder builder) => this switch
    {
        Sqlite(var file) => builder.UseSqlite(file),
        Postgres(var connectionString) => builder.UsePostgres(connectionString),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>The database by itself, without a host.</summary>
    public Database Open(TimeProvider clock) => this switch
    {
        Sqlite(var file) => new SqliteDatabase(file, clock),
        Postgres(var connectionString) => new PostgresDatabase(connectionString, clock),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
