using MailGrains.Frontends.Imap.Session;
using MailGrains.Imap.Commands;

namespace MailGrains.Frontends.Imap.Handlers;

/// <summary>LOGIN (RFC 9051 section 6.2.3).</summary>
internal sealed class LoginHandler : ICommandHandler<LoginCommand>
{
    public async ValueTask<Reply> HandleAsync(ImapSession session, LoginCommand command)
    {
        if (!session.MayUsePasswords) return Logins.PrivacyRequired;
        var result = await session.Services.Logins.LoginAsync(
            command.UserName, command.Password, Logins.Attempt(session, "LOGIN"), session.Aborted);
        return await Logins.FinishAsync(session, result, "LOGIN");
    }
}
