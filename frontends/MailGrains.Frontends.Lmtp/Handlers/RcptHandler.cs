using MailGrains.Frontends.Connections;
using MailGrains.Frontends.Lmtp.Delivering;
using MailGrains.Lmtp;
using MailGrains.Lmtp.Commands;
using MailGrains.Model.Accounts;

namespace MailGrains.Frontends.Lmtp.Handlers;

internal static class RcptHandler
{
    public static async ValueTask HandleAsync(LmtpSession session, RcptCommand command)
    {
        var transaction = session.Transaction!;
        if (transaction.Recipients.Count >= session.Services.Options.MaxRecipients)
            session.Reply(LmtpReplies.TooManyRecipients);
        else if (!transaction.SmtpUtf8 && !command.Recipient.IsAscii)
            session.Refuse(LmtpReplies.NeedsSmtpUtf8);
        else
            session.Reply(await ResolveAsync(session, command.Recipient));
    }

    private static async ValueTask<LmtpReply> ResolveAsync(LmtpSession session, MailPath path)
    {
        // <Postmaster> without a domain is this host's (RFC 5321 section 4.5.1).
        var domain = path.Domain.Length == 0 ? session.Services.Options.HostName : path.Domain;
        if (!MailAddress.TryParse($"{path.LocalPart}@{domain}", out var address))
            return LmtpReplies.Unknown;
        try
        {
            var found = await session.Services.Target.ResolveAsync(address);
            if (found.Status == RecipientStatus.Found) session.Accept(new LmtpRecipient(path, found.Accounts, address.Detail));
            else if (found is { Status: RecipientStatus.Disabled, Accounts: [var account] })
                session.Services.Rejections.Tell(session, new Rejection(account, path, LmtpReplies.Disabled));
            return LmtpReplies.Of(found.Status);
        }
        catch (Exception failure)
        {
            Log.LookupFailed(session.Services.Log, failure, LogText.Escape(path.Address), session.Connection.Info.Id);
            return LmtpReplies.LookupFailed;
        }
    }
}
