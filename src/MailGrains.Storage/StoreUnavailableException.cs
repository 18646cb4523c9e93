namespace MailGrains.Storage;

/// <summary>The store can't do this now, and nothing was done: a temporary error towards clients.</summary>
public sealed class StoreUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
