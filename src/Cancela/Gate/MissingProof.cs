namespace Cancela.Gate;

/// <summary>What the sign-in lacks, for which the request was refused: it is in, and has to prove more.</summary>
/// <param name="MaxAge">How recent the sign-in has to be; <see langword="null"/>: it lacks a second factor.</param>
internal sealed record MissingProof(TimeSpan? MaxAge);
