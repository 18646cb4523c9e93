using MailGrains.Lmtp;

namespace MailGrains.Frontends.Lmtp.Handlers;

internal static class StartTlsHandler
{
    /// <param name="afterLine">Behind the command's CRLF, not yet advanced to: the connection checks what follows it.</param>
    public static async ValueTask HandleAsync(LmtpSession session, SequencePosition afterLine)
    {
        var refusal = LmtpStateTable.Refusal(session.State, LmtpVerb.StartTls)
            ?? (session.Connection.CanStartTls ? null : LmtpReplies.NoStartTls);
        if (refusal is not null)
        {
            session.Connection.AdvanceTo(afterLine);
            session.Refuse(refusal);
        }
        else if (await session.Connection.StartTlsAsync(afterLine, LmtpReplies.StartTls.Bytes))
            session.Forget();
        else
            session.End("TLS refused");
    }
}
