namespace MailGrains.Cli.Api;

internal sealed record LogKey(string Name, string Key);
