namespace MailGrains.TestKit.Checking;

/// <summary>The arrival of a message in a mailbox, as the log or the archive has it.</summary>
/// <param name="Sequence">Of the event in the mailbox.</param>
internal sealed record Arrival(Guid Account, string MessageId, string Type, long Sequence);
