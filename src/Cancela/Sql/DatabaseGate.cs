namespace Cancela.Sql;

/// <summary>
/// Keeps servers and commands out of a database that is not, or no longer, the one to work on: while a copy is not finished,
/// and where everything was moved elsewhere. It is a row of <c>cancela_schema</c> with a number above every script's, so
/// that versions which do not know it stay out too: to them the database is too new.
/// </summary>
internal static class DatabaseGate
{
    /// <summary>A copy that lacks what its source did since.</summary>
    public const string Copy = "copy";

    /// <summary>Its copy took its place.</summary>
    public const string Moved = "moved";

    /// <summary>Above every script's.</summary>
    public const int Version = int.MaxValue;

    /// <summary>What the gate says, or <see langword="null"/> where it is open.</summary>
    public static readonly Statement Read = new("SELECT name FROM cancela_schema WHERE version = 2147483647");

    /// <summary>Closes the gate; nothing happens where it is closed already.</summary>
    public static Statement Close(string name, DateTimeOffset at) => new(
        "INSERT INTO cancela_schema (version, name, applied_at) VALUES (@version, @name, @at) ON CONFLICT (version) DO NOTHING",
        ("version", Version), ("name", name), ("at", at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture)));

    /// <summary>Opens it.</summary>
    public static readonly Statement Open = new("DELETE FROM cancela_schema WHERE version = 2147483647");

    /// <summary>Lets whoever works on the database pass.</summary>
    /// <exception cref="InvalidOperationException">The gate is closed.</exception>
    public static async Task PassAsync(Database database, CancellationToken cancellationToken)
    {
        var name = await database.ReadFirstAsync(Read, static row => row.GetString(0), cancellationToken);
        if (name is null) return;
        throw new InvalidOperationException(name == Moved
            ? "This database was moved to another one: start with that one. What was revoked there is not known here."
            : "This database is a copy that is not finished: stop what serves on its source, and run migrate once more without --ahead.");
    }
}
