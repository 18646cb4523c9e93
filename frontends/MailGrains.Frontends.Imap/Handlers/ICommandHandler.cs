using MailGrains.Frontends.Imap.Session;
using MailGrains.Imap.Commands;

namespace MailGrains.Frontends.Imap.Handlers;

/// <summary>
/// Runs one command: arguments, call, untagged data, reply. The command was parsed and is legal in the session's state. Failures of the mailbox
/// are thrown on; the session answers them. Stateless: one instance serves all sessions.
/// </summary>
internal interface ICommandHandler<in TCommand>
    where TCommand : ImapCommand
{
    ValueTask<Reply> HandleAsync(ImapSession session, TCommand command);
}
