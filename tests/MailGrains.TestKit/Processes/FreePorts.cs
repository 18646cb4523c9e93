using System.Net;
using System.Net.Sockets;

namespace MailGrains.TestKit.Processes;

/// <summary>
/// Ports of the loopback nobody listens on. From below the range the kernel gives to outgoing connections, so that none is taken
/// while a killed server is away.
/// </summary>
internal static class FreePorts
{
    private const int First = 15_000;
    private const int Last = 32_000;

    private static readonly Lock Gate = new();
    private static int _next = Random.Shared.Next(First, Last);

    public static int Take()
    {
        lock (Gate)
        {
            for (var tries = First; tries < Last; tries++)
            {
                _next = _next >= Last ? First : _next + 1;
                if (IsFree(_next)) return _next;
            }
        }

        throw new InvalidOperationException("No port of the loopback is free.");
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var probe = new TcpListener(IPAddress.Loopback, port);
            probe.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
