using MailGrains.Frontends.Imap.Session;
using MailGrains.Imap.Commands;

namespace MailGrains.Frontends.Imap.Handlers;

/// <summary>ID (RFC 2971). The version is not told: it would only help to pick an attack.</summary>
internal sealed class IdHandler : ICommandHandler<IdCommand>
{
    private static readonly KeyValuePair<string, string?>[] Product = [new("name", "MailGrains")];

    public ValueTask<Reply> HandleAsync(ImapSession session, IdCommand command)
    {
        session.Writer.Id(Product);
        return ValueTask.FromResult(Reply.Ok("ID done"));
    }
}
