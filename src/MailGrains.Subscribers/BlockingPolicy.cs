namespace MailGrains.Subscribers;

/// <summary>That mailboxes hold back the answer to a change until a subscriber has handled its event (docs/subscribers.md, ADR 42).</summary>
/// <param name="Types">The types of events that are waited for.</param>
/// <param name="Timeout">How long an answer waits at the most.</param>
/// <param name="OnTimeout">What is answered when the event is not handled by then.</param>
public sealed record BlockingPolicy(IReadOnlySet<string> Types, TimeSpan Timeout, TimeoutAnswer OnTimeout)
{
    /// <summary>Well below the time after which a call to a mailbox counts as lost.</summary>
    public static readonly TimeSpan LongestTimeout = TimeSpan.FromSeconds(10);

    /// <summary>The types a change of messages or folders can be held back for.</summary>
    public static IReadOnlySet<string> AllTypes { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "MessageNew", "MessageAppend", "MessageCopy", "MessageMove", "MessageExpunge", "MessageRead", "MessageTrash", "FlagsSet", "FlagsClear",
        "MailboxCreate", "MailboxDelete", "MailboxRename",
    };

    /// <summary>What brings messages.</summary>
    public static IReadOnlySet<string> UsualTypes { get; } = new HashSet<string>(StringComparer.Ordinal) { "MessageNew", "MessageAppend" };
}
