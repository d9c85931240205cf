namespace Cancela.Server.Lab;

/// <summary>Something was answered otherwise than it has to be, or not at all: there is no figure then, and a sentence that says why.</summary>
internal sealed class LabFailedException : InvalidOperationException
{
    public LabFailedException()
    {
    }

    public LabFailedException(string message) : base(message)
    {
    }

    public LabFailedException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
