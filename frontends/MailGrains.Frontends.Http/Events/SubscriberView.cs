namespace MailGrains.Frontends.Http.Events;

public sealed record SubscriberView(string Name, int Partition, long Position, long Head, bool Paused);
