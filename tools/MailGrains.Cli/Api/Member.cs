namespace MailGrains.Cli.Api;

internal sealed record Member(string Kind, string Name, string Id);
