namespace MailGrains.Records;

/// <summary>What happened to a message, in the order in which the parts of one event are told.</summary>
public enum HistoryKind
{
    /// <summary>It left a folder.</summary>
    Left,

    /// <summary>It came into a folder.</summary>
    Came,

    /// <summary>Its flags were changed.</summary>
    Flags,
}
