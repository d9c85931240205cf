namespace Cancela.Server.Import;

/// <summary>How the file of accounts is written.</summary>
internal enum ImportFormat
{
    /// <summary>RFC 4180, with a first line of names.</summary>
    Csv,

    /// <summary>One JSON object a line.</summary>
    JsonLines,
}
