namespace MailGrains.Frontends.Imap.Session;

/// <summary>
/// The client's view of its mailbox can't be continued, or nobody knows whether its command was carried out: the connection ends with BYE and the
/// client comes back.
/// </summary>
/// <param name="goodbye">Is told to the client.</param>
internal sealed class SessionLostException(string goodbye = "The mailbox has moved; please connect again") : Exception(goodbye)
{
    public static SessionLostException Uncertain() => new("The command may have been carried out or not; please connect again and look");
}
