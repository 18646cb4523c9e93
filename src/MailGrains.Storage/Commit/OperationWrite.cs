namespace MailGrains.Storage.Commit;

/// <summary>The result of a non-idempotent call, kept for its repetition.</summary>
public sealed record OperationWrite(OperationId Id, DateTimeOffset At, ReadOnlyMemory<byte> Result);
