using MailGrains.Grains.Contracts.Mailboxes;
using Orleans.Runtime;

namespace MailGrains.Grains.Contracts.Calls;

/// <summary>What a failed grain call tells of whether it was carried out.</summary>
public enum CallFailure
{
    /// <summary>The grain, or a defect, refused it: repeating changes nothing.</summary>
    Refused,

    /// <summary>The activation lost its mailbox to another; nothing of the call was done.</summary>
    NotDone,

    /// <summary>
    /// The silo is gone or can't be reached: it may have been carried out. A repetition needs an operation id, or a call that may be done twice.
    /// </summary>
    Unreachable,

    /// <summary>As <see cref="Unreachable"/>, and it has cost a response time-out already.</summary>
    TimedOut,
}

public static class CallFailures
{
    public static CallFailure Of(Exception failed) => failed switch
    {
        MailboxException { Error: MailboxError.Moved } => CallFailure.NotDone,
        MailboxException => CallFailure.Refused,
        TimeoutException => CallFailure.TimedOut,
        OrleansException => CallFailure.Unreachable,
        _ => CallFailure.Refused,
    };
}
