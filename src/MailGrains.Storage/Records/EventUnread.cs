namespace MailGrains.Storage.Records;

/// <summary>The event's payload could not be read, so the record of its mailbox is not whole: nothing of it is purged.</summary>
public sealed record EventUnread(string Error) : RecordChange;
