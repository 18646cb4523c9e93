namespace MailGrains.Storage;

/// <summary>
/// The store can't be opened as it is: another process holds it, a newer version of the program wrote it, or its server would lose what
/// was acknowledged. The message says which, in one line for an operator.
/// </summary>
public sealed class StoreOpenException(string message, Exception? inner = null) : Exception(message, inner);
