using System.Net.Security;
using MailGrains.Frontends.Authentication;
using MailGrains.Frontends.Connections;
using MailGrains.Frontends.Imap.Fetch;
using MailGrains.Frontends.Imap.Session;
using MailGrains.Storage.Bodies;
using MailGrains.Storage.Mailboxes;
using Microsoft.Extensions.Logging;
using Orleans;

namespace MailGrains.Frontends.Imap;

/// <summary>IMAP4rev1 and IMAP4rev2 (RFC 3501, RFC 9051) on a <see cref="LineConnection"/>.</summary>
public sealed class ImapProtocol : ILineProtocol, IDisposable
{
    private static readonly byte[] Busy = "* BYE [UNAVAILABLE] Too many connections\r\n"u8.ToArray();

    private readonly ImapServices _services;

    public ImapProtocol(
        ImapOptions options,
        IGrainFactory grains,
        IAuthenticator logins,
        IEmailReader emails,
        IBodyReader bodies,
        TimeProvider time,
        ILogger<ImapProtocol> log)
    {
        var source = new EmailSource(emails, new EmailCache(options.EmailCacheOctets));
        var heartbeat = new IdleHeartbeat(options, time);
        _services = new ImapServices(options, grains, source, new BodySource(bodies, source), logins, new UserLimits(options), heartbeat, time, log);
    }

    public string Service => "imap";

    public ReadOnlyMemory<byte> BusyReply => Busy;

    /// <summary>
    /// A TLS client that wants another protocol than IMAP is refused in the handshake (RFC 7301), so that nothing it meant for others is run here.
    /// </summary>
    public static LineListenerOptions ListenerDefaults { get; } = new() { ApplicationProtocols = [new SslApplicationProtocol("imap")] };

    public Task RunAsync(LineConnection connection)
    {
        SessionMetrics.Begun();
        return new ImapSession(connection, _services).RunAsync();
    }

    /// <summary>Has every session in IDLE ask its mailbox for news: pushes may have been lost.</summary>
    public void LookAgain() => _services.Heartbeat.Beat();

    public void Dispose() => _services.Heartbeat.Dispose();
}
