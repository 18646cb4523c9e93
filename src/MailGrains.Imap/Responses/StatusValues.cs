namespace MailGrains.Imap.Responses;

/// <summary>The counters of a STATUS response (RFC 9051 section 7.3.2 and extensions); only those asked for are written.</summary>
public readonly record struct StatusValues
{
    public uint Messages { get; init; }

    public uint Recent { get; init; }

    public uint UidNext { get; init; }

    public uint UidValidity { get; init; }

    /// <summary>How many messages lack \Seen.</summary>
    public uint Unseen { get; init; }

    /// <summary>How many messages have \Deleted.</summary>
    public uint Deleted { get; init; }

    /// <summary>Sum of the sizes in octets.</summary>
    public long Size { get; init; }

    public long HighestModSeq { get; init; }

    /// <summary>In octets; null for NIL, which is no limit (RFC 7889).</summary>
    public uint? AppendLimit { get; init; }

    /// <summary>RFC 8474</summary>
    public string? MailboxId { get; init; }
}
