namespace MailGrains.Cli.Api;

internal sealed record MailboxProblem(string? Folder, uint? Uid, string Problem);
