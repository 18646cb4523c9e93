namespace MailGrains.Imap.Commands;

/// <summary>status-att of RFC 9051, with RECENT of RFC 3501, RFC 7162, RFC 7889, RFC 8474.</summary>
[Flags]
public enum StatusItems
{
    None = 0,
    Messages = 1,
    Recent = 1 << 1,
    UidNext = 1 << 2,
    UidValidity = 1 << 3,
    Unseen = 1 << 4,
    Deleted = 1 << 5,
    Size = 1 << 6,
    HighestModSeq = 1 << 7,
    AppendLimit = 1 << 8,
    MailboxId = 1 << 9,
}
