namespace MailGrains.Frontends.Imap.Session;

/// <summary>The client's view of its mailbox can't be continued: the connection ends with BYE and the client comes back.</summary>
internal sealed class SessionLostException() : Exception("The session's view cannot be continued.");
