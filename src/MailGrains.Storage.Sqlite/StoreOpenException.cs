namespace MailGrains.Storage.Sqlite;

/// <summary>The store can't be opened as it is: another process holds it, or a newer version of the program wrote it. The message says which.</summary>
public sealed class StoreOpenException(string message, Exception? inner = null) : Exception(message, inner);
