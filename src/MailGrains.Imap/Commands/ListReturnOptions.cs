namespace MailGrains.Imap.Commands;

/// <summary>return-option (RFC 9051 section 6.3.9.2, RFC 6154).</summary>
[Flags]
public enum ListReturnOptions
{
    None = 0,
    Subscribed = 1,
    Children = 2,
    SpecialUse = 4,
    Status = 8,
}
