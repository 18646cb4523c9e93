namespace MailGrains.Cli.Api;

internal sealed record Partition([property: System.Text.Json.Serialization.JsonPropertyName("partition")] int Number, long? First, long Last);
