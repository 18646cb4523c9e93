namespace MailGrains.Cli.Api;

internal sealed record Group(string Id, string Name, string? Address, DateTimeOffset CreatedAt, IReadOnlyList<Member>? Members);
