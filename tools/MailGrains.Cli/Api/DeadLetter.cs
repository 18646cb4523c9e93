namespace MailGrains.Cli.Api;

internal sealed record DeadLetter(int Partition, long Position, int Attempts, DateTimeOffset At, string Error);
