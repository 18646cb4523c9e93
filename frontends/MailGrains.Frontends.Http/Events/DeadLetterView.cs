namespace MailGrains.Frontends.Http.Events;

public sealed record DeadLetterView(int Partition, long Position, int Attempts, DateTimeOffset At, string Error);
