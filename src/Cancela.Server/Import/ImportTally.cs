namespace Cancela.Server.Import;

/// <summary>How many accounts became what.</summary>
/// <param name="Read">All of the file.</param>
/// <param name="Imported">Those that are new.</param>
/// <param name="There">Those that an earlier run had taken.</param>
/// <param name="Refused">Those that the report names.</param>
internal readonly record struct ImportTally(long Read, long Imported, long There, long Refused);
