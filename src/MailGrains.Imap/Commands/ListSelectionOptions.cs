namespace MailGrains.Imap.Commands;

/// <summary>list-select-opt (RFC 9051 section 6.3.9.1, RFC 6154).</summary>
[Flags]
public enum ListSelectionOptions
{
    None = 0,
    Subscribed = 1,
    Remote = 2,
    RecursiveMatch = 4,
    SpecialUse = 8,
}
