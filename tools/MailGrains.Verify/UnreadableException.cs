namespace MailGrains.Verify;

/// <summary>Nothing can be checked: a file named on the command line, or the export itself, can't be read.</summary>
internal sealed class UnreadableException(string message) : Exception(message);
