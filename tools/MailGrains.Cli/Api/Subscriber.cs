namespace MailGrains.Cli.Api;

internal sealed record Subscriber(string Name, int Partition, long Position, long Head, bool Paused, string? Trouble);
