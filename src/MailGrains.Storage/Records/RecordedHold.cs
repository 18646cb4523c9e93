namespace MailGrains.Storage.Records;

/// <summary>A hold on a mailbox.</summary>
/// <param name="Since">Sequence of the event with which it began.</param>
/// <param name="Until">Sequence of the event with which it ended; null: it holds.</param>
public sealed record RecordedHold(string Case, long Since, long? Until);
