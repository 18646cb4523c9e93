using MailGrains.Frontends.Imap.Session;
using MailGrains.Grains.Contracts.Sessions;
using MailGrains.Imap;
using MailGrains.Imap.Commands;

namespace MailGrains.Frontends.Imap.Handlers;

/// <summary>IDLE (RFC 9051 section 6.3.13): woken by the mailbox, it asks what changed and tells at once, until DONE.</summary>
internal sealed class IdleHandler : ICommandHandler<IdleCommand>
{
    public async ValueTask<Reply> HandleAsync(ImapSession session, IdleCommand command)
    {
        var users = session.Services.Users;
        var account = session.Mailbox.Account;
        if (!users.TryIdle(account)) return Reply.No("Too many connections of this user in IDLE", ResponseCodes.Limit);
        var ear = session.Mailbox.Ear;
        ear.Idling = true;
        session.Services.Heartbeat.Add(ear);
        try
        {
            return await IdleAsync(session);
        }
        finally
        {
            ear.Idling = false;
            session.Services.Heartbeat.Remove(ear);
            users.EndIdle(account);
        }
    }

    private static async ValueTask<Reply> IdleAsync(ImapSession session)
    {
        session.Writer.Continuation("idling");
        while (true)
        {
            if (session.State == SessionStates.Selected)
            {
                await session.SyncAsync(UpdateScope.All);
                session.TellNow();
            }

            var line = await session.ReadLineAsync(wakeable: true);
            if (line is not null) return IsDone(line) ? Reply.Ok("IDLE done") : Reply.Bad("Expected DONE");
            if (session.HasEnded) return Reply.None;
        }
    }

    private static bool IsDone(byte[] line) => System.Text.Ascii.EqualsIgnoreCase(line, "DONE\r\n"u8);
}
