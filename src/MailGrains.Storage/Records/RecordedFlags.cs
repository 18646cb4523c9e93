namespace MailGrains.Storage.Records;

/// <summary>The flags of an entry from an event on.</summary>
public sealed record RecordedFlags(long Entry, RecordedAct Act, string Flags);
