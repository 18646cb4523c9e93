using MailGrains.Frontends.Connections;

namespace MailGrains.Hosting.Settings;

/// <summary>Every key there is. What is not in this table is refused at start.</summary>
internal static class SettingTable
{
    public static readonly IReadOnlyList<Setting> All =
    [
        new("Data:Path", "./data", "Folder of the store, the certificate and the admin token; made at first start.",
            (s, v) => s with { DataPath = NotEmpty(v) }),
        new("Storage:Provider", "sqlite", "Engine of the store: sqlite (one process), postgresql or sqlserver (a cluster).",
            (s, v) => s with { StorageProvider = SettingText.OneOf(v, "sqlite", "postgresql", "sqlserver") }),
        new("Storage:ConnectionString", "", "Of the database; SQLite keeps everything in Data:Path.",
            (s, v) => s with { StorageConnectionString = v }),
        new("Storage:ConnectionStringFile", "", "A file that holds it, instead.",
            (s, v) => s with { StorageConnectionStringFile = v }),
        new("Storage:Bodies", "", "Where bodies go: database, packs; empty: packs with sqlite, else database.",
            (s, v) => s with { StorageBodies = v.Length == 0 ? v : SettingText.OneOf(v, "database", "packs") }),
        new("Storage:PacksPath", "", "Folder of the packs, which all silos share; empty: packs in Data:Path.",
            (s, v) => s with { StoragePacksPath = v }),
        new("Storage:AllowUnsafe", "false", "Start even on a database whose own settings could lose acknowledged mail.",
            (s, v) => s with { StorageAllowUnsafe = SettingText.Boolean(v) }),
        new("Packs:CollectAfter", "7.00:00:00", "How long a body no mailbox refers to any more is kept, as [days.]hh:mm:ss.",
            (s, v) => s with { CollectAfter = SettingText.Duration(v) }),
        new("Imap:Listen", "127.0.0.1:1143", "IMAP with STARTTLS: host:port or unix:path, several separated by commas; empty: off.",
            (s, v) => s with { ImapListen = EndPoints(v) }),
        new("Imaps:Listen", "127.0.0.1:1993", "IMAP inside TLS.",
            (s, v) => s with { ImapsListen = EndPoints(v) }),
        new("Lmtp:Listen", "127.0.0.1:1024", "LMTP, where the MTA delivers.",
            (s, v) => s with { LmtpListen = EndPoints(v) }),
        new("Http:Listen", "127.0.0.1:8080", "HTTP: admin API, dashboard, metrics, health.",
            (s, v) => s with { HttpListen = EndPoints(v) }),
        new("Https:Listen", "", "The same inside TLS; empty: off.",
            (s, v) => s with { HttpsListen = EndPoints(v) }),
        new("Admin:TokenFile", "", "File with the token of the admin API, the same on all nodes; empty: one is made in Data:Path.",
            (s, v) => s with { AdminTokenFile = v }),
        new("Tls:Certificate", "", "PEM or PFX file; empty: a self-signed certificate is made in Data:Path.",
            (s, v) => s with { TlsCertificate = v }),
        new("Tls:Key", "", "PEM file of the key, when it is not in the certificate's file.",
            (s, v) => s with { TlsKey = v }),
        new("Tls:Password", "", "Password of the PFX file.",
            (s, v) => s with { TlsPassword = v }),
        new("Evidence:Key", "", "File with the key that signs the log, the same on all nodes; empty: sqlite makes one in Data:Path, others don't sign.",
            (s, v) => s with { EvidenceKey = v }),
        new("Archive:Enabled", "false", "Keep everything that comes into a mailbox, also after it is expunged, as long as Archive:Rules say.",
            (s, v) => s with { ArchiveEnabled = SettingText.Boolean(v) }),
        new("Archive:FullText", "true", "With the archive: index the text of messages, which searches in cases need.",
            (s, v) => s with { ArchiveFullText = SettingText.Boolean(v) }),
        new("Archive:UserUndelete", "30.00:00:00", "How long after deleting a message its user can bring it back, as [days.]hh:mm:ss.",
            (s, v) => s with { UserUndelete = SettingText.Duration(v) }),
        new("Evidence:CheckpointEvery", "01:00:00", "The log is signed so often, when something was written.",
            (s, v) => s with { EvidenceCheckpointEvery = SettingText.Duration(v) }),
        new("Evidence:TimestampUrl", "", "An authority (RFC 3161, http or https) that gives each checkpoint a time stamp; empty: none.",
            (s, v) => s with { EvidenceTimestampUrl = v.Length == 0 ? null : SettingText.HttpAddress(v) }),
        new("Imap:AllowPlaintextAuth", "", "Passwords without TLS: true, false; empty: only from this machine.",
            (s, v) => s with { AllowPlaintextAuth = v.Length == 0 ? null : SettingText.Boolean(v) }),
        new("Imap:IdleTimeout", "00:30:00", "A session without a command ends after this time.",
            (s, v) => s with { ImapIdleTimeout = SettingText.Duration(v) }),
        new("Imap:MaxSessionsPerUser", "100", "Sessions one account may have open, over all nodes.",
            (s, v) => s with { ImapSessionsPerUser = SettingText.Number(v, 1, int.MaxValue) }),
        new("Proxy:TrustedNetworks", "", "Networks (10.0.0.0/8, …) whose connections begin with a PROXY header.",
            (s, v) => s with { TrustedProxies = SettingText.Networks(v) }),
        new("Limits:MessageSize", "52428800", "Largest message in octets.",
            (s, v) => s with { MessageSize = SettingText.Number(v, 1024, 1 << 30) }),
        new("Limits:QuotaBytes", "0", "Octets a mailbox may hold; 0: no limit.",
            (s, v) => s with { QuotaBytes = SettingText.Number(v, 0, long.MaxValue) }),
        new("Limits:QuotaMessages", "0", "Messages a mailbox may hold; 0: no limit.",
            (s, v) => s with { QuotaMessages = SettingText.Number(v, 0, long.MaxValue) }),
        new("Limits:Connections", "10000", "Connections at once over all listeners.",
            (s, v) => s with { Connections = SettingText.Number(v, 1, int.MaxValue) }),
        new("Limits:ConnectionsPerAddress", "1000", "Connections at once from one address; this machine's own are not counted.",
            (s, v) => s with { ConnectionsPerAddress = SettingText.Number(v, 1, int.MaxValue) }),
        new("Cluster:Id", "mailgrains", "Name of the cluster.",
            (s, v) => s with { ClusterId = NotEmpty(v) }),
        new("Cluster:Listen", "127.0.0.1:0", "address:port where other silos reach this one; port 0: a free one.",
            (s, v) => s with { ClusterListen = SettingText.Address(v) }),
        new("Cluster:Gateway", "127.0.0.1:0", "address:port where frontend processes reach this silo; port 0: a free one.",
            (s, v) => s with { ClusterGateway = SettingText.Address(v) }),
        new("Cluster:Advertise", "", "Address or host name under which others find this silo; empty: the one of Cluster:Listen.",
            (s, v) => s with { ClusterAdvertise = v }),
        new("Cluster:Certificate", "", "PEM file: silos and frontends prove to each other with it that they belong to the cluster; empty: plain TCP.",
            (s, v) => s with { ClusterCertificate = v }),
        new("Cluster:Key", "", "PEM file of its key.",
            (s, v) => s with { ClusterKey = v }),
        new("Cluster:Authority", "", "PEM file of the authority that signed the certificates of all nodes.",
            (s, v) => s with { ClusterAuthority = v }),
        new("Log:Format", "text", "text: one line an entry for people; json: for machines.",
            (s, v) => s with { LogAsJson = SettingText.OneOf(v, "text", "json") == "json" }),
    ];

    private static string NotEmpty(string value) => value.Length > 0 ? value : throw new FormatException("expected a value");

    private static string EndPoints(string value)
    {
        ListenEndPoint.ParseList(value);
        return value;
    }
}
