namespace MailGrains.Evidence.Proofs;

/// <summary>Why there is no proof.</summary>
public enum ProofRefusal
{
    /// <summary>The mailbox has no event with that sequence.</summary>
    NoEvent,

    /// <summary>The event there is not the one of the receipt, or was changed.</summary>
    Changed,

    /// <summary>What should be continued is no checkpoint of this log and partition.</summary>
    NoCheckpoint,

    /// <summary>The log is not the continuation of that checkpoint.</summary>
    NoContinuation,
}
