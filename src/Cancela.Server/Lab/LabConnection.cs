using System.Net;
using System.Net.Sockets;

namespace Cancela.Server.Lab;

/// <summary>
/// One connection that is kept, one request at a time, and as little work as possible: the load and the server share the
/// cores, and what the load takes is missing from the figure.
/// </summary>
internal sealed class LabConnection : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _length;

    private LabConnection()
    {
    }

    public Socket Socket { get; } = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
    {
        NoDelay = true, ReceiveTimeout = (int)Patience.TotalMilliseconds, SendTimeout = (int)Patience.TotalMilliseconds,
    };

    /// <summary>When the request that is under way was sent.</summary>
    public long SentAt { get; private set; }

    /// <summary>The answer that came last.</summary>
    public LabAnswer Last => new(_buffer.AsMemory(0, _length));

    public static LabConnection Open(IPEndPoint address)
    {
        var connection = new LabConnection();
        connection.Socket.Connect(address);
        return connection;
    }

    /// <summary>Sends a request and waits for its answer.</summary>
    /// <exception cref="LabFailedException">The connection is lost.</exception>
    public LabAnswer Ask(byte[] request)
    {
        Send(request);
        while (!Receive())
        {
        }
        return Last;
    }

    /// <summary>The same, of an answer that can be no other.</summary>
    /// <exception cref="LabFailedException">It has another status, or the connection is lost.</exception>
    public LabAnswer Expect(int status, byte[] request)
    {
        var answer = Ask(request);
        return answer.Status == status ? answer : throw new LabFailedException($"A request was answered with {answer.Status}, not with {status}: {answer.Body}");
    }

    public void Send(byte[] request)
    {
        try
        {
            _length = 0;
            SentAt = TimeProvider.System.GetTimestamp();
            Socket.Send(request);
        }
        catch (SocketException exception)
        {
            throw new LabFailedException("The server under test took no request.", exception);
        }
    }

    /// <summary>Takes what has come, or waits for it. True when the answer is whole.</summary>
    public bool Receive()
    {
        if (_length == _buffer.Length) throw new LabFailedException("An answer of the server under test is larger than it can be.");
        try
        {
            var read = Socket.Receive(_buffer.AsSpan(_length));
            if (read == 0) throw new LabFailedException("The server under test closed a connection.");
            _length += read;
            return Last.IsWhole;
        }
        catch (SocketException exception)
        {
            throw new LabFailedException("The server under test did not answer.", exception);
        }
    }

    /// <summary>Waits in the kernel for so many microseconds: a timer knows only milliseconds.</summary>
    public void Rest(int microseconds)
    {
        if (Socket.Poll(microseconds, SelectMode.SelectRead)) throw new LabFailedException("The server under test closed a connection.");
    }

    public void Dispose() => Socket.Dispose();
}
