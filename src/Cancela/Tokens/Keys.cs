namespace Cancela.Tokens;

/// <summary>Where the current ring hangs: readers take it from here for each token, whoever keeps the keys replaces it whole.</summary>
internal sealed class Keys(KeyRing ring)
{
    private volatile KeyRing _current = ring;

    public KeyRing Current
    {
        get => _current;
        set => _current = value;
    }
}
