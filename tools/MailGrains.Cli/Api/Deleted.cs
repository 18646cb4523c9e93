namespace MailGrains.Cli.Api;

internal sealed record Deleted(long Entry, string Folder, string? MessageId, long Size, DateTimeOffset Received, [property: System.Text.Json.Serialization.JsonPropertyName("deleted")] DateTimeOffset DeletedAt, string? DeletedBy);

internal sealed record RestoreReport(int Restored, IReadOnlyList<long> Gone);
