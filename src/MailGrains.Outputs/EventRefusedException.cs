namespace MailGrains.Outputs;

/// <summary>A target took events amiss: they are tried alone, and what is still refused becomes a dead letter.</summary>
public sealed class EventRefusedException(string message) : Exception(message);
