using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace MailGrains.Frontends.Connections;

/// <summary>
/// The addresses a listener is configured with: <c>host:port</c>, <c>[::1]:port</c> or <c>unix:/path</c>, several
/// separated by commas. <c>*</c> stands for every address of the machine, <c>localhost</c> for both loopbacks.
/// </summary>
public static class ListenEndPoint
{
    private const string UnixPrefix = "unix:";

    // sun_path holds 108 bytes including the final NUL.
    private const int LongestUnixPath = 107;

    /// <summary>Parses a configured list; an empty or blank one is a listener that is off.</summary>
    /// <exception cref="FormatException">One entry is wrong; the message names it and says what was expected.</exception>
    public static IReadOnlyList<EndPoint> ParseList(string? configured)
    {
        if (string.IsNullOrWhiteSpace(configured))
            return [];

        var endPoints = new List<EndPoint>();
        foreach (var entry in configured.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            endPoints.AddRange(Parse(entry));
        return endPoints;
    }

    private static IEnumerable<EndPoint> Parse(string entry)
    {
        if (entry.StartsWith(UnixPrefix, StringComparison.OrdinalIgnoreCase))
            return [ParseUnix(entry)];

        var colon = entry.LastIndexOf(':');
        if (colon <= 0)
            throw Wrong(entry, "expected host:port, [IPv6]:port or unix:/path");
        if (!ushort.TryParse(entry.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port))
            throw Wrong(entry, "the port must be a number from 0 to 65535");

        return ParseHost(entry, entry[..colon]).Select(address => new IPEndPoint(address, port));
    }

    private static UnixDomainSocketEndPoint ParseUnix(string entry)
    {
        var path = entry[UnixPrefix.Length..];
        if (path.Length == 0)
            throw Wrong(entry, "expected a path after unix:");

        path = Path.GetFullPath(path);
        if (System.Text.Encoding.UTF8.GetByteCount(path) > LongestUnixPath)
            throw Wrong(entry, $"a socket path has at most {LongestUnixPath} bytes");
        return new UnixDomainSocketEndPoint(path);
    }

    private static IReadOnlyList<IPAddress> ParseHost(string entry, string host)
    {
        if (host == "*")
            return [IPAddress.IPv6Any];
        if (host.Equals("localhost", StringComparison.OrdinalIgnoreCase))
            return Socket.OSSupportsIPv6 ? [IPAddress.Loopback, IPAddress.IPv6Loopback] : [IPAddress.Loopback];
        if (host is ['[', .., ']'])
        {
            return IPAddress.TryParse(host[1..^1], out var v6) && v6.AddressFamily == AddressFamily.InterNetworkV6
                ? [v6]
                : throw Wrong(entry, "no IPv6 address between the brackets");
        }

        if (host.Contains(':'))
            throw Wrong(entry, "write an IPv6 address in brackets, as in [::1]:1143");
        return IPAddress.TryParse(host, out var address) ? [address] : Resolve(entry, host);
    }

    private static IPAddress[] Resolve(string entry, string host)
    {
        try
        {
            return Dns.GetHostAddresses(host);
        }
        catch (SocketException)
        {
            throw Wrong(entry, $"the host name '{host}' cannot be resolved");
        }
    }

    private static FormatException Wrong(string entry, string why) => new($"Listen address '{entry}': {why}.");
}
