namespace MailGrains.Storage.Subscribers;

/// <summary>An event that a subscriber could not handle and passed over. The event itself is in the log.</summary>
/// <param name="Error">What the last attempt failed with, for people.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="At">When it was given up, to the microsecond.</param>
public sealed record DeadLetter(string Subscriber, int Partition, long Position, string Error, int Attempts, DateTimeOffset At);
