using MailGrains.Model;

namespace MailGrains.Storage.Records;

/// <summary>One event of a mailbox with what it changes.</summary>
/// <param name="Sequence">Of the mailbox.</param>
/// <param name="At">As the event has it; the store keeps the effective time, which never goes back in a mailbox.</param>
/// <param name="Actor">Login of who did it; null: nobody who is known, such as a delivery.</param>
public sealed record RecordedEvent(
    AccountId Account, long Sequence, DateTimeOffset At, string Type, string? Actor, IReadOnlyList<RecordChange> Changes);
