using System.Net;

namespace MailGrains.Silo.Settings;

/// <summary>The configuration, read and checked. Defaults are in <see cref="SettingTable"/>.</summary>
internal sealed record SiloSettings
{
    public string DataPath { get; init; } = "";

    public string StorageProvider { get; init; } = "";

    public string StorageConnectionString { get; init; } = "";

    /// <summary>How long a body nobody refers to any more is kept.</summary>
    public TimeSpan CollectAfter { get; init; }

    public string ImapListen { get; init; } = "";

    public string ImapsListen { get; init; } = "";

    public string LmtpListen { get; init; } = "";

    public string HttpListen { get; init; } = "";

    public string TlsCertificate { get; init; } = "";

    public string TlsKey { get; init; } = "";

    public string TlsPassword { get; init; } = "";

    /// <summary>null: only where client and server are on this machine.</summary>
    public bool? AllowPlaintextAuth { get; init; }

    public TimeSpan ImapIdleTimeout { get; init; }

    public int ImapSessionsPerUser { get; init; }

    public IReadOnlyList<IPNetwork> TrustedProxies { get; init; } = [];

    public int MessageSize { get; init; }

    public long QuotaBytes { get; init; }

    public long QuotaMessages { get; init; }

    public int Connections { get; init; }

    public int ConnectionsPerAddress { get; init; }

    public int SiloPort { get; init; }

    public int GatewayPort { get; init; }

    public bool LogAsJson { get; init; }

    /// <summary>Make the two demo accounts when they are not there.</summary>
    public bool Demo { get; init; }
}
