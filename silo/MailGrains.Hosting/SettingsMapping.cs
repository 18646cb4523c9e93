using MailGrains.Frontends.Connections;
using MailGrains.Frontends.Http;
using MailGrains.Frontends.Imap;
using MailGrains.Frontends.Lmtp;
using MailGrains.Hosting.Settings;
using MailGrains.Storage.Packs;

namespace MailGrains.Hosting;

/// <summary>The settings as each part wants them.</summary>
internal static class SettingsMapping
{
    public static BodyCollectionOptions ToBodyCollection(this NodeSettings settings) => new() { CollectAfter = settings.CollectAfter };

    public static ConnectionLimits ToConnectionLimits(this NodeSettings settings) =>
        new() { Total = settings.Connections, PerAddress = settings.ConnectionsPerAddress };

    public static HttpLimits ToHttpLimits(this NodeSettings settings) => new(settings.MessageSize);

    public static LmtpOptions ToLmtpOptions(this NodeSettings settings) => new() { MaxMessageSize = settings.MessageSize };

    public static LineListenerOptions ToLmtpListener(this NodeSettings settings) =>
        LmtpProtocol.ListenerDefaults with { Tls = TlsMode.StartTls, TrustedProxies = settings.TrustedProxies };

    public static LineListenerOptions ToImapListener(this NodeSettings settings) =>
        ImapProtocol.ListenerDefaults with { IdleTimeout = settings.ImapIdleTimeout, TrustedProxies = settings.TrustedProxies };

    public static ImapOptions ToImapOptions(this NodeSettings settings) => new()
    {
        AppendLimit = settings.MessageSize,
        AllowPlaintextAuth = settings.AllowPlaintextAuth,
        MaxConnectionsPerUser = settings.ImapSessionsPerUser,
    };
}
