namespace Cancela.Strategies;

/// <summary>Asking a strategy whose a credential is.</summary>
internal static class Recognizing
{
    /// <summary>By the node itself where it can tell, else by asking.</summary>
    public static ValueTask<Recognition> RecognizeAsync(this IStrategy strategy, string credential, CancellationToken cancellationToken) =>
        strategy.TryRecognize(credential, out var recognition) ? new(recognition) : strategy.AskAsync(credential, cancellationToken);
}
