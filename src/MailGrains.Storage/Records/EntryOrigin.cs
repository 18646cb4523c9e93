namespace MailGrains.Storage.Records;

/// <summary>How a message came into a folder. The numbers are kept in databases.</summary>
public enum EntryOrigin
{
    /// <summary>It was delivered.</summary>
    New = 0,

    /// <summary>A client or an import put it there.</summary>
    Append = 1,

    /// <summary>It was copied within the mailbox.</summary>
    Copy = 2,

    /// <summary>It was moved within the mailbox.</summary>
    Move = 3,
}
