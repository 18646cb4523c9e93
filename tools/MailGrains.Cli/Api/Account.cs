namespace MailGrains.Cli.Api;

internal sealed record Account(string Id, string Login, IReadOnlyList<string> Addresses, bool Disabled, DateTimeOffset CreatedAt);
