namespace MailGrains.Storage.Checkpoints;

/// <summary>What a row of the checkpoint history is. The numbers are kept in databases.</summary>
public enum CheckpointKind
{
    /// <summary>A signed head of the log.</summary>
    Head = 0,

    /// <summary>A time stamp (RFC 3161) of the head with the same number.</summary>
    TimeStamp = 1,
}
