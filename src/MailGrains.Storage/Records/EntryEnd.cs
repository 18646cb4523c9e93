namespace MailGrains.Storage.Records;

/// <summary>How a message left a folder. The numbers are kept in databases.</summary>
public enum EntryEnd
{
    /// <summary>It was expunged.</summary>
    Expunge = 0,

    /// <summary>It was moved within the mailbox.</summary>
    Move = 1,

    /// <summary>Its folder was deleted.</summary>
    FolderDelete = 2,
}
