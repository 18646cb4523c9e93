namespace MailGrains.Cli.Api;

internal sealed record Role([property: System.Text.Json.Serialization.JsonPropertyName("role")] string Name, Member Holder);
