namespace MailGrains.Cli.Api;

internal sealed record Domain(string Name, bool Disabled);
