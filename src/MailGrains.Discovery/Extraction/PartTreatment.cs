namespace MailGrains.Discovery.Extraction;

/// <summary>What is done with a part that holds no others.</summary>
internal enum PartTreatment
{
    Text,
    Html,

    /// <summary>iCalendar and vCard: their lines are folded anywhere (RFC 5545 section 3.1).</summary>
    FoldedText,

    /// <summary>There is nothing to read in it, and nothing is missed.</summary>
    Nothing,
    Smime,
    Media,
    Unsupported,
}
