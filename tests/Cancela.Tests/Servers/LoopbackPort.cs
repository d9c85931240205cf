using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Cancela.Tests.Servers;

/// <summary>Ports of 127.0.0.1 for servers that must come back on the same one.</summary>
internal static class LoopbackPort
{
    // Below what the system gives to outgoing connections: while a server is down, nobody is given its port.
    private const int Lowest = 18_000, Highest = 32_000;

    private static readonly HashSet<int> Given = [];

    /// <summary>One that nothing listens on and that this process was not given before.</summary>
    public static int Free()
    {
        lock (Given)
        {
            while (true)
            {
                var port = RandomNumberGenerator.GetInt32(Lowest, Highest);
                if (!Given.Contains(port) && IsFree(port) && Given.Add(port)) return port;
            }
        }
    }

    private static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false; // Somebody has it.
        }
    }
}
