namespace MailGrains.Model.Summary;

/// <summary>A field whose decoded and folded text the summary keeps for SEARCH. The numbers are part of the stored format.</summary>
public enum SearchField : byte
{
    Subject = 0,
    From = 1,
    To = 2,
    Cc = 3,
    Bcc = 4,
}
