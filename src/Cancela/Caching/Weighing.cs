namespace Cancela.Caching;

/// <summary>A bound in bytes.</summary>
/// <param name="Most">How many there may be together.</param>
/// <param name="Of">How many a value is, with all that hangs on it.</param>
internal sealed record Weighing<TValue>(long Most, Func<TValue, int> Of);
