namespace MailGrains.Cli.Api;

internal sealed record HistoryLine(
    long Sequence,
    DateTimeOffset At,
    string Type,
    string? Who,
    string? Service,
    string? ClientIp,
    string? Folder,
    string? Uids,
    string? OldFolder,
    string? OldUids,
    string? Detail);
