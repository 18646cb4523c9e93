using System.Net;
using System.Net.Security;

namespace MailGrains.Frontends.Connections;

/// <summary>How one listener treats its connections.</summary>
public sealed record LineListenerOptions
{
    public TlsMode Tls { get; init; } = TlsMode.None;

    /// <summary>
    /// Total time from accept to <see cref="LineConnection.MarkAuthenticated"/>, however busy the client is.
    /// <see cref="Timeout.InfiniteTimeSpan"/> for protocols without a login.
    /// </summary>
    public TimeSpan LoginDeadline { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Time without a completed command. RFC 9051 section 5.4 asks for at least 30 minutes once logged in.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How long a session that was told to stop may take to say goodbye before it is cut off.</summary>
    public TimeSpan StopGrace { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Peers in these networks must begin with a PROXY header (v1 or v2); any other peer that sends one is cut off.</summary>
    public IReadOnlyList<IPNetwork> TrustedProxies { get; init; } = [];

    public TimeSpan ProxyHeaderTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>What this listener answers to ALPN; a client that offers only other names is refused. Empty: ALPN is ignored.</summary>
    public IReadOnlyList<SslApplicationProtocol> ApplicationProtocols { get; init; } = [];
}
