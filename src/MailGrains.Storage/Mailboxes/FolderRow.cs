using MailGrains.Model;

namespace MailGrains.Storage.Mailboxes;

/// <summary>A folder's own data, without its messages.</summary>
public sealed record FolderRow
{
    public required FolderId Id { get; init; }

    /// <summary>Full name in Unicode (NFC), levels separated by '/'; INBOX in capitals.</summary>
    public required string Path { get; init; }

    /// <summary>SPECIAL-USE attribute without its backslash ("Sent"), or null (RFC 6154).</summary>
    public string? SpecialUse { get; init; }

    public required uint UidValidity { get; init; }

    public required uint UidNext { get; init; }

    /// <summary>HIGHESTMODSEQ of the folder, expunges and creation included.</summary>
    public required long HighestModSeq { get; init; }

    public int Messages { get; init; }

    public int Unseen { get; init; }

    public int Deleted { get; init; }

    public long SizeBytes { get; init; }

    /// <summary>UIDs from here on have not been announced to any session as \Recent (RFC 3501 section 2.3.2).</summary>
    public uint RecentFrom { get; init; } = 1;

    /// <summary>Expunges at or before this MODSEQ are no longer remembered one by one (RFC 7162 section 3.2.5.1).</summary>
    public long ExpungesForgottenTo { get; init; }
}
