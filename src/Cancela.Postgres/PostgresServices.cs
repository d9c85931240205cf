using Cancela;
using Cancela.Postgres;
using Cancela.Revocation;
using Cancela.Sql;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Chooses PostgreSQL.</summary>
public static class PostgresServices
{
    /// <summary>
    /// Keeps everything in a PostgreSQL database (14 or newer), for any number of nodes: the primary, never a replica. The
    /// schema is made at the first start. Nodes hear of each other's revocations at once (<c>LISTEN</c>/<c>NOTIFY</c>); behind a
    /// pooler, which lets no <c>LISTEN</c> through, at their next poll.
    /// </summary>
    /// <param name="builder">What <c>AddCancela</c> returned.</param>
    /// <param name="connectionString">Npgsql's: <c>Host=db;Database=app;Username=app;Password=…</c>. What it does not say keeps Cancela's defaults: 5 s for a connection and for a command.</param>
    /// <exception cref="ArgumentException">The connection string cannot be read, or names no host or database.</exception>
    public static CancelaBuilder UsePostgres(this CancelaBuilder builder, string connectionString)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var settings = PostgresConnections.SettingsOf(connectionString);
        builder.Services.AddSingleton<PostgresConnections>(_ => new PostgresConnections(settings));
        builder.Services.AddSingleton<Database>(static at => new PostgresDatabase(at.GetRequiredService<PostgresConnections>(), at.GetRequiredService<TimeProvider>()));
        builder.Services.AddSingleton<IDoorbellLine, PostgresDoorbell>();
        return builder;
    }
}
