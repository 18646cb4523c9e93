namespace MailGrains.Cli.Api;

internal sealed record LogHead(long Number, DateTimeOffset? Time, int Partitions, long Events, string? Break, string Note, byte[]? TimeStamp);
