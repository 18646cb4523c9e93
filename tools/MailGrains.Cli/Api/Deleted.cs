using System.Text.Json.Serialization;

namespace MailGrains.Cli.Api;

internal sealed record Deleted(
    long Entry,
    string Folder,
    string? MessageId,
    long Size,
    DateTimeOffset Received,
    [property: JsonPropertyName("deleted")] DateTimeOffset DeletedAt,
    string? DeletedBy);

internal sealed record RestoreReport(int Restored, IReadOnlyList<long> Gone);
