namespace MailGrains.Subscribers;

/// <summary>Events that a subscriber would have to be brought are removed from the log.</summary>
public sealed class LogShortenedException(string message) : Exception(message);
