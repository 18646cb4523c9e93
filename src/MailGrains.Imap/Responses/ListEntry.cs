namespace MailGrains.Imap.Responses;

/// <summary>One LIST or LSUB response.</summary>
/// <param name="Attributes">mbx-list-flags, e.g. <c>\HasNoChildren</c>, <c>\Sent</c>.</param>
/// <param name="Delimiter">The hierarchy delimiter; null for NIL.</param>
/// <param name="Name">The mailbox, or the root of the reference name.</param>
public readonly record struct ListEntry(IEnumerable<string> Attributes, char? Delimiter, string Name)
{
    /// <summary>CHILDINFO ("SUBSCRIBED"): children match a RECURSIVEMATCH selection (RFC 9051 section 6.3.9.6).</summary>
    public bool ChildInfoSubscribed { get; init; }

    /// <summary>OLDNAME: the mailbox was asked for, or known, by another name (RFC 9051 section 6.3.9.7).</summary>
    public string? OldName { get; init; }
}
