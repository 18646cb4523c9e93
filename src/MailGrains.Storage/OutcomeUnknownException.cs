namespace MailGrains.Storage;

/// <summary>Whether this was done is not known, and nobody waits to find out any more. Nobody may be told that it was not.</summary>
public sealed class OutcomeUnknownException(string message, Exception? inner = null) : Exception(message, inner);
