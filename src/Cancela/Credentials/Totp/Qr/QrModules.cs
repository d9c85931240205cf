namespace Cancela.Credentials.Totp.Qr;

/// <summary>The sheet on which a code is drawn: a square of modules, dark or light, and which of them carry no data.</summary>
internal sealed class QrModules
{
    private readonly bool[] _dark;
    private readonly bool[] _function;

    public QrModules(int size) : this(size, new bool[size * size], new bool[size * size])
    {
    }

    private QrModules(int size, bool[] dark, bool[] function) => (Size, _dark, _function) = (size, dark, function);

    public int Size { get; }

    /// <summary>Whether a module is dark.</summary>
    public bool this[int row, int column]
    {
        get => _dark[(row * Size) + column];
        set => _dark[(row * Size) + column] = value;
    }

    /// <summary>Is it of a function pattern, or of the format or version information? No data is placed there, and no mask.</summary>
    public bool IsFunction(int row, int column) => _function[(row * Size) + column];

    public void DrawFunction(int row, int column, bool dark)
    {
        this[row, column] = dark;
        _function[(row * Size) + column] = true;
    }

    public QrModules Copy() => new(Size, [.. _dark], [.. _function]);
}
