namespace MailGrains.Cli.Api;

internal sealed record LogCheckpoint(int Partition, long Size, string Note);
