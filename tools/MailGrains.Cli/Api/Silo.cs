namespace MailGrains.Cli.Api;

internal sealed record Silo(
    string Name,
    string State,
    DateTimeOffset StartedAt,
    string? Version,
    int? Mailboxes,
    int? Sessions,
    int? Activations,
    long? Clients,
    long? ResidentBytes)
{
    /// <summary>Address, port and generation.</summary>
    [System.Text.Json.Serialization.JsonPropertyName("silo")]
    public required string Id { get; init; }
}
