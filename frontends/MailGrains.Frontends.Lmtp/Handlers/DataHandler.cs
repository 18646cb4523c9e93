namespace MailGrains.Frontends.Lmtp.Handlers;

internal static class DataHandler
{
    public static async ValueTask HandleAsync(LmtpSession session)
    {
        var transaction = session.Transaction!;
        session.Reply(LmtpReplies.GoAhead);
        await session.Connection.FlushAsync();

        var message = new MessageBuffer(transaction.AnnouncedSize, session.Services.Options.MaxMessageSize);
        if (await BodyReader.ReadDottedAsync(session.Connection, message))
            await DeliverAsync(session, transaction, message);
        else
            message.Dispose();
    }

    /// <summary>Hands the whole message over and answers for each recipient; the transaction is then over.</summary>
    internal static async ValueTask DeliverAsync(LmtpSession session, LmtpTransaction transaction, MessageBuffer message)
    {
        foreach (var reply in await session.Services.Deliverer.DeliverAsync(session, transaction, message))
            session.Reply(reply);
        session.Reset();
    }
}
