using System.Net;
using MailGrains.Records.Retention;
using MailGrains.Subscribers;

namespace MailGrains.Hosting.Settings;

/// <summary>The configuration, read and checked. Defaults are in <see cref="SettingTable"/>.</summary>
public sealed record NodeSettings
{
    public string DataPath { get; init; } = "";

    public string StorageProvider { get; init; } = "";

    public string StorageConnectionString { get; init; } = "";

    /// <summary>A file that holds the connection string, for those who keep secrets in files.</summary>
    public string StorageConnectionStringFile { get; init; } = "";

    /// <summary>"database", "packs", or empty: what suits the provider.</summary>
    public string StorageBodies { get; init; } = "";

    public string StoragePacksPath { get; init; } = "";

    /// <summary>Start even where the database's own settings could lose acknowledged mail.</summary>
    public bool StorageAllowUnsafe { get; init; }

    /// <summary>How long the database may stay away at the start.</summary>
    public TimeSpan StorageStartTimeout { get; init; }

    /// <summary>How long a body nobody refers to any more is kept.</summary>
    public TimeSpan CollectAfter { get; init; }

    public string ImapListen { get; init; } = "";

    public string ImapsListen { get; init; } = "";

    public string LmtpListen { get; init; } = "";

    public string HttpListen { get; init; } = "";

    public string HttpsListen { get; init; } = "";

    public string AdminTokenFile { get; init; } = "";

    public string TlsCertificate { get; init; } = "";

    public string TlsKey { get; init; } = "";

    public string EvidenceKey { get; init; } = "";

    public TimeSpan EvidenceCheckpointEvery { get; init; }

    /// <summary>Null: no time stamps.</summary>
    public Uri? EvidenceTimestampUrl { get; init; }

    /// <summary>Null: for ever.</summary>
    public TimeSpan? EventLogKeepFor { get; init; }

    public TimeSpan EventLogRemoveEvery { get; init; }

    public string TlsPassword { get; init; } = "";

    /// <summary>null: only where client and server are on this machine.</summary>
    public bool? AllowPlaintextAuth { get; init; }

    public TimeSpan ImapIdleTimeout { get; init; }

    public int ImapSessionsPerUser { get; init; }

    public IReadOnlyList<IPNetwork> TrustedProxies { get; init; } = [];

    public int MessageSize { get; init; }

    public long QuotaBytes { get; init; }

    public long QuotaMessages { get; init; }

    /// <summary>off, bodies or all.</summary>
    public string AuditMessageAccess { get; init; } = "";

    public int Connections { get; init; }

    public int ConnectionsPerAddress { get; init; }

    public string ClusterId { get; init; } = "";

    /// <summary>Where other silos reach this one; port 0: a free one.</summary>
    public IPEndPoint ClusterListen { get; init; } = new(IPAddress.Loopback, 0);

    /// <summary>Where frontend processes reach this silo; port 0: a free one.</summary>
    public IPEndPoint ClusterGateway { get; init; } = new(IPAddress.Loopback, 0);

    /// <summary>Address or host name under which others find this silo; empty: the one it listens on.</summary>
    public string ClusterAdvertise { get; init; } = "";

    public string ClusterCertificate { get; init; } = "";

    public string ClusterKey { get; init; } = "";

    public string ClusterAuthority { get; init; } = "";

    /// <summary>From not being ready to closing the listeners; null: what suits the provider.</summary>
    public TimeSpan? ClusterStopDelay { get; init; }

    /// <summary>Who is brought the events: one for each name below Subscribers.</summary>
    public IReadOnlyList<Subscriber> Subscribers { get; init; } = [];

    /// <summary>Keep the record of all mailboxes, and what was in them.</summary>
    public bool ArchiveEnabled { get; init; }

    /// <summary>Index the text of all messages for searches.</summary>
    public bool ArchiveFullText { get; init; }

    /// <summary>How long after deleting a message its user can bring it back.</summary>
    public TimeSpan UserUndelete { get; init; }

    /// <summary>How long the archive keeps what: the rules below Archive:Rules.</summary>
    public RetentionPolicy Retention { get; init; } = RetentionPolicy.None;

    /// <summary>Tell programs the history of groupware objects, from what the archive has.</summary>
    public bool ChangelogEnabled { get; init; }

    /// <summary>A file with the secret with which those programs sign.</summary>
    public string ChangelogSecretFile { get; init; } = "";

    public bool LogAsJson { get; init; }

    /// <summary>Make the two demo accounts when they are not there.</summary>
    public bool Demo { get; init; }
}
