using Microsoft.Data.Sqlite;

namespace Cancela.Sqlite;

/// <summary>A connection that keeps the commands it ran: compiling the SQL costs more than running it.</summary>
internal sealed class PreparedConnection(string connectionString) : SqliteConnection(connectionString)
{
    // Texts are constants, so there are some dozens of them. The bound only guards against a caller who builds texts.
    private const int MostKept = 256;

    private readonly Dictionary<string, SqliteCommand> _commands = new(StringComparer.Ordinal);

    public SqliteCommand CommandFor(string text)
    {
        if (_commands.TryGetValue(text, out var command)) return command;
        command = CreateCommand();
#pragma warning disable CA2100 // The text is a Statement's: a constant, with its values in parameters.
        command.CommandText = text;
#pragma warning restore CA2100
        if (_commands.Count < MostKept) _commands.Add(text, command);
        return command;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var command in _commands.Values) command.Dispose();
            _commands.Clear();
        }
        base.Dispose(disposing);
    }
}
