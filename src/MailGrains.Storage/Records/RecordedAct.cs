namespace MailGrains.Storage.Records;

/// <summary>An event as the record knows it.</summary>
/// <param name="At">Its effective time, to the microsecond: that of the event, or that of the one before where a clock had gone back.</param>
public sealed record RecordedAct(long Sequence, DateTimeOffset At, string Type, string? Actor);
