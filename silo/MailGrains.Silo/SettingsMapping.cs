using MailGrains.Frontends.Connections;
using MailGrains.Frontends.Http;
using MailGrains.Frontends.Imap;
using MailGrains.Frontends.Lmtp;
using MailGrains.Grains.Mailboxes;
using MailGrains.Silo.Settings;
using MailGrains.Storage.Packs;

namespace MailGrains.Silo;

/// <summary>The settings as each part wants them.</summary>
internal static class SettingsMapping
{
    public static void Apply(this SiloSettings settings, MailboxLimits limits)
    {
        limits.MaxMessageSize = settings.MessageSize;
        limits.QuotaBytes = settings.QuotaBytes;
        limits.QuotaMessages = settings.QuotaMessages;
    }

    public static BodyCollectionOptions ToBodyCollection(this SiloSettings settings) => new() { CollectAfter = settings.CollectAfter };

    public static ConnectionLimits ToConnectionLimits(this SiloSettings settings) =>
        new() { Total = settings.Connections, PerAddress = settings.ConnectionsPerAddress };

    public static HttpLimits ToHttpLimits(this SiloSettings settings) => new(settings.MessageSize);

    public static LmtpOptions ToLmtpOptions(this SiloSettings settings) => new() { MaxMessageSize = settings.MessageSize };

    public static LineListenerOptions ToLmtpListener(this SiloSettings settings) =>
        LmtpProtocol.ListenerDefaults with { Tls = TlsMode.StartTls, TrustedProxies = settings.TrustedProxies };

    public static LineListenerOptions ToImapListener(this SiloSettings settings) =>
        new() { IdleTimeout = settings.ImapIdleTimeout, TrustedProxies = settings.TrustedProxies };

    public static ImapOptions ToImapOptions(this SiloSettings settings) => new()
    {
        AppendLimit = settings.MessageSize,
        AllowPlaintextAuth = settings.AllowPlaintextAuth,
        MaxConnectionsPerUser = settings.ImapSessionsPerUser,
    };
}
