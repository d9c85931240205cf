namespace Cancela.Tokens;

/// <summary>Where the current ring hangs: readers take it from here for each token, whoever keeps the keys replaces it whole.</summary>
/// <param name="ring"><see langword="null"/> until the keys are loaded, which is before the first request.</param>
internal sealed class Keys(KeyRing? ring = null)
{
    private volatile KeyRing? _current = ring;

    public KeyRing Current
    {
        get => _current ?? throw new InvalidOperationException("The signing keys are loaded when the host starts: it has not started.");
        set => _current = value;
    }
}
