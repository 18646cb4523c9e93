namespace MailGrains.Storage.Records;

/// <summary>One thing an event changes in a mailbox's record. Each kind is a record of its own.</summary>
public abstract record RecordChange;
