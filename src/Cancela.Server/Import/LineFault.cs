namespace Cancela.Server.Import;

/// <summary>Why a line was refused.</summary>
/// <param name="Field">Which part of it, where it is one.</param>
/// <param name="Reason">In words. Never what the line says: there are hashes and addresses in it.</param>
internal sealed record LineFault(string? Field, string Reason);
