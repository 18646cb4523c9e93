using MailGrains.Model;

namespace MailGrains.Grains.Mailboxes;

/// <summary>What a mailbox may hold.</summary>
public sealed class MailboxLimits
{
    /// <summary>Octets of one keyword's name.</summary>
    public const int MaxKeywordOctets = 64;

    /// <summary>Octets of one message, trace header lines included (TOOBIG).</summary>
    public long MaxMessageSize { get; set; } = 64 << 20;

    /// <summary>Different keywords in one mailbox (LIMIT); at most <see cref="MessageFlags.MaxKeywords"/>.</summary>
    public int MaxKeywords { get; set; } = MessageFlags.MaxKeywords;

    public int MaxFolders { get; set; } = 10_000;

    /// <summary>
    /// For how many of the mailbox's latest changes a folder remembers one by one what was expunged, at least; at most for twice as many. A QRESYNC
    /// client that was away for longer is told of all UIDs that are not there (RFC 7162 section 3.2.5.1).
    /// </summary>
    public long RememberedChanges { get; set; } = 20_000;

    /// <summary>Sessions open at once, over all frontends (LIMIT). One that has been silent for minutes gives way to a new one.</summary>
    public int MaxSessions { get; set; } = 100;

    /// <summary>Octets of all messages together (OVERQUOTA); 0: no limit.</summary>
    public long QuotaBytes { get; set; }

    /// <summary>Messages in all folders together (OVERQUOTA); 0: no limit.</summary>
    public long QuotaMessages { get; set; }
}
