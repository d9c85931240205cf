namespace Cancela.Sql;

/// <summary>What a connection is taken for.</summary>
public enum Access
{
    /// <summary>Any number at once.</summary>
    Read,

    /// <summary>One at a time on SQLite, in the order of asking.</summary>
    Write,
}
