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

    /// <summary>Octets of all messages together (OVERQUOTA); 0: no limit.</summary>
    public long QuotaBytes { get; set; }

    /// <summary>Messages in all folders together (OVERQUOTA); 0: no limit.</summary>
    public long QuotaMessages { get; set; }
}
