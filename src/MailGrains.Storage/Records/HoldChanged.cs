namespace MailGrains.Storage.Records;

/// <summary>A hold on the mailbox begins or ends. Beginning twice or ending what has not begun changes nothing.</summary>
public sealed record HoldChanged(string Case, bool Applied) : RecordChange;
