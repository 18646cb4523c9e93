namespace MailGrains.Imap.Commands;

/// <summary>search-return-opt (RFC 9051 section 6.4.4.1, RFC 5182).</summary>
[Flags]
public enum SearchReturnOptions
{
    None = 0,
    Min = 1,
    Max = 2,
    All = 4,
    Count = 8,
    Save = 16,
}
