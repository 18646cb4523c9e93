namespace MailGrains.Model.Search;

/// <summary>Which date of a message a date criterion looks at.</summary>
public enum SearchDate
{
    Internal,
    Sent,
    Saved,
}
