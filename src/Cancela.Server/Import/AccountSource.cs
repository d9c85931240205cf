namespace Cancela.Server.Import;

/// <summary>A file of accounts, read once from its beginning to its end.</summary>
/// <param name="path">Of the file.</param>
/// <exception cref="IOException">It cannot be read.</exception>
internal abstract class AccountSource(string path) : IAsyncDisposable
{
    protected const string TooLong = "longer than 65536 bytes";
    protected const string NotUtf8 = "not UTF-8";

    private const int MostNames = 20;

    private readonly FileStream _stream = new(path, new FileStreamOptions { Options = FileOptions.SequentialScan | FileOptions.Asynchronous, BufferSize = 0 });
    private readonly SortedSet<string> _ignored = new(StringComparer.Ordinal);
    private ByteWindow? _window;

    /// <summary>How much of the file is behind us: 0 to 1.</summary>
    public double Done => _stream.Length == 0 ? 1 : (double)Window.Taken / _stream.Length;

    /// <summary>Columns and members that mean nothing here, of the first twenty names.</summary>
    public IReadOnlyCollection<string> Ignored => _ignored;

    protected ByteWindow Window => _window ??= new ByteWindow(_stream);

    /// <summary>One for a file of this format.</summary>
    public static AccountSource Of(string path, ImportFormat format) => format == ImportFormat.Csv ? new CsvSource(path) : new JsonLinesSource(path);

    /// <summary>Reads what stands before the first account.</summary>
    /// <exception cref="InvalidDataException">There is nothing that names columns, <c>email</c> among them.</exception>
    public abstract Task BeginAsync(CancellationToken cancellationToken);

    /// <summary>All accounts of the file, in its order.</summary>
    public abstract IAsyncEnumerable<SourceLine> LinesAsync(CancellationToken cancellationToken);

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    protected void Ignore(string name)
    {
        if (_ignored.Count < MostNames) _ignored.Add(name);
    }
}
