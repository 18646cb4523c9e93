namespace MailGrains.Frontends.Http.Events;

/// <param name="Trouble">What keeps one that is behind from going on; null: nothing that is known.</param>
public sealed record SubscriberView(string Name, int Partition, long Position, long Head, bool Paused, string? Trouble);
