using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace MailGrains.Bench.Client;

/// <summary>Where a listener is: <c>host:port</c> or <c>unix:path</c>, as the servers' own configuration writes it.</summary>
internal sealed class Endpoint
{
    private readonly EndPoint _address;

    private Endpoint(EndPoint address) => _address = address;

    public static Endpoint Parse(string text)
    {
        if (text.StartsWith("unix:", StringComparison.Ordinal))
            return new Endpoint(new UnixDomainSocketEndPoint(text["unix:".Length..]));
        var colon = text.LastIndexOf(':');
        if (colon < 0 || !int.TryParse(text[(colon + 1)..], CultureInfo.InvariantCulture, out var port))
            throw new FormatException($"'{text}' is neither host:port nor unix:path.");
        var host = text[..colon];
        var address = IPAddress.TryParse(host, out var parsed) ? parsed : Dns.GetHostAddresses(host)[0];
        return new Endpoint(new IPEndPoint(address, port));
    }

    /// <summary>
    /// A connected blocking socket. Blocking on purpose: one thread per connection and no event loop costs the measuring
    /// side the least, and every microsecond here would be counted as the server's.
    /// </summary>
    public Socket Connect()
    {
        var unix = _address is UnixDomainSocketEndPoint;
        var socket = new Socket(_address.AddressFamily, SocketType.Stream, unix ? ProtocolType.Unspecified : ProtocolType.Tcp);
        try
        {
            if (!unix)
                socket.NoDelay = true;
            socket.Connect(_address);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public override string ToString() => _address.ToString() ?? "";
}
