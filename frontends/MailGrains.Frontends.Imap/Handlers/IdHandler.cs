using MailGrains.Frontends.Imap.Session;
using MailGrains.Imap;
using MailGrains.Imap.Commands;

namespace MailGrains.Frontends.Imap.Handlers;

/// <summary>ID (RFC 2971). The version is not told: it would only help to pick an attack.</summary>
internal sealed class IdHandler : ICommandHandler<IdCommand>
{
    private static readonly KeyValuePair<string, string?>[] Product = [new("name", "MailGrains")];

    public async ValueTask<Reply> HandleAsync(ImapSession session, IdCommand command)
    {
        if (ClientIds.Of(command.Parameters) is { } client && client != session.ClientId)
        {
            session.ClientId = client;
            if (session.State != SessionStates.NotAuthenticated) await session.Mailbox.IdentifyAsync(client, session.Aborted);
        }

        session.Writer.Id(Product);
        return Reply.Ok("ID done");
    }
}
