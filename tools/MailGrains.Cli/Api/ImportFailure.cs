namespace MailGrains.Cli.Api;

internal sealed record ImportFailure(int Row, string Message);
