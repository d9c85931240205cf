namespace Cancela.Sql;

/// <summary>The database does not answer. Never an opinion about a credential: it becomes 503, not 401.</summary>
public sealed class StoreUnavailableException : Exception
{
    /// <summary>Creates it with the sentence for the log.</summary>
    public StoreUnavailableException(string message) : base(message)
    {
    }

    /// <summary>Creates it with the sentence for the log and the driver's own exception.</summary>
    public StoreUnavailableException(string message, Exception? innerException) : base(message, innerException)
    {
    }

    /// <summary>Creates it.</summary>
    public StoreUnavailableException()
    {
    }
}
