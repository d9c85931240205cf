namespace Cancela.Server.Migration;

/// <summary>What a column holds: on SQLite it is stored as something else than on PostgreSQL.</summary>
internal enum ColumnKind
{
    Words,
    Number,
    Flag,
    Time,
    Id,
    Bytes,

    /// <summary>What an entry of the revocation log names: a UUID, or the ID of a key.</summary>
    Subject,
}
