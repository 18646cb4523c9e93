namespace MailGrains.Changelog.History;

/// <summary>What happened to a message, in the words of the client API.</summary>
public enum HistoryOperation
{
    /// <summary>It came into the folder: delivered, appended, copied.</summary>
    Append,

    /// <summary>It went: marked as deleted, expunged, or its folder was deleted.</summary>
    Delete,

    /// <summary>It came from another folder.</summary>
    Move,
}
