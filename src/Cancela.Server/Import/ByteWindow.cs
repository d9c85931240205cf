namespace Cancela.Server.Import;

/// <summary>Looks at a file piece by piece, and knows on which line it is. As bytes: what is no UTF-8 spoils a field and not the file.</summary>
internal sealed class ByteWindow(Stream stream)
{
    /// <summary>The longest line, and the longest record of several lines.</summary>
    public const int MostBytes = 64 * 1024;

    private readonly byte[] _buffer = new byte[2 * MostBytes];
    private int _start;
    private int _end;

    /// <summary>What was read and not taken yet.</summary>
    public ReadOnlySpan<byte> Rest => _buffer.AsSpan(_start, _end - _start);

    /// <summary>Nothing comes after <see cref="Rest"/>.</summary>
    public bool IsEnd { get; private set; }

    /// <summary>The number of the line that <see cref="Rest"/> begins on, from 1.</summary>
    public long Line { get; private set; } = 1;

    /// <summary>How many bytes were taken.</summary>
    public long Taken { get; private set; }

    /// <summary>What was asked for did not fit into <see cref="Rest"/>, and never will.</summary>
    public bool IsTooLong => Rest.Length >= MostBytes;

    /// <summary>Skips the mark that some programs write in front of UTF-8.</summary>
    public async ValueTask SkipMarkAsync(CancellationToken cancellationToken)
    {
        while (Rest.Length < 3 && !IsEnd) await MoreAsync(cancellationToken);
        if (Rest.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) Take(3);
    }

    /// <summary>Reads on, until there is more or the end is known.</summary>
    public async ValueTask MoreAsync(CancellationToken cancellationToken)
    {
        if (_start > 0)
        {
            Rest.CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }
        var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
        _end += read;
        IsEnd = read == 0;
    }

    public void Take(int count)
    {
        Line += Rest[..count].Count((byte)'\n');
        _start += count;
        Taken += count;
    }

    /// <summary>Takes all that is left of the line, however long it is.</summary>
    public async ValueTask SkipLineAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var at = Rest.IndexOf((byte)'\n');
            Take(at < 0 ? Rest.Length : at + 1);
            if (at >= 0 || IsEnd) return;
            await MoreAsync(cancellationToken);
        }
    }
}
