namespace MailGrains.Cli.Api;

internal sealed record Location(string Account, string Login, string State, string? Silo, long? Epoch, int? Sessions);
