using System.Globalization;
using MailGrains.Frontends.Authentication;
using MailGrains.Frontends.Imap.Session;
using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Grains.Contracts.Sessions;
using MailGrains.Imap;

namespace MailGrains.Frontends.Imap.Handlers;

/// <summary>What LOGIN and every mechanism of AUTHENTICATE have in common: the way from a verdict to a session.</summary>
internal static class Logins
{
    public static readonly Reply PrivacyRequired = Reply.No("Protect the connection with TLS first", ResponseCodes.PrivacyRequired);

    public static async ValueTask<Reply> FinishAsync(ImapSession session, LoginResult result, string mechanism)
    {
        switch (result.Outcome)
        {
            case LoginOutcome.Accepted:
                return await OpenAsync(session, result, mechanism);
            case LoginOutcome.Throttled:
                Fail(session);
                return Reply.No("Too many failed logins; please wait", ResponseCodes.Unavailable);
            default:
                Fail(session);
                return Reply.No("Invalid user name or password", ResponseCodes.AuthenticationFailed);
        }
    }

    /// <summary>Where a login comes from and how it is tried.</summary>
    public static SessionOrigin Attempt(ImapSession session, string mechanism)
    {
        var connection = session.Connection.Info;
        return new SessionOrigin
        {
            Service = connection.Service,
            AuthMechanism = mechanism,
            ClientAddress = connection.ClientAddress,
            ClientPort = connection.Client?.Port ?? 0,
            ServerAddress = connection.Server?.Address.ToString(),
            ServerPort = connection.Server?.Port ?? 0,
            ConnectionId = connection.Id,
            ClientId = session.ClientId,
        };
    }

    private static void Fail(ImapSession session)
    {
        if (++session.FailedLogins < session.Services.Options.MaxFailedLogins) return;
        session.Bye("Too many failed logins");
        session.Connection.EndReason = string.Create(CultureInfo.InvariantCulture, $"{session.FailedLogins} failed logins");
    }

    private static async ValueTask<Reply> OpenAsync(ImapSession session, LoginResult result, string mechanism)
    {
        var services = session.Services;
        var attempt = Attempt(session, mechanism);
        if (!services.Users.TryEnter(result.Account))
        {
            services.Logins.ReportLimit(result, attempt);
            return Reply.No("Too many connections of this user", ResponseCodes.Limit);
        }

        var origin = attempt with { Actor = result.Account, Login = result.Login, Memberships = result.Memberships };
        var ear = new MailboxEar(session.Connection);
        var mailbox = new MailboxLink(services, result.Account, origin, ear);
        try
        {
            await mailbox.OpenAsync(session.Aborted);
        }
        catch (Exception refused)
        {
            services.Users.Leave(result.Account);
            if (refused is MailboxException { Error: MailboxError.Limit }) services.Logins.ReportLimit(result, attempt);
            var closing = mailbox.CloseAsync();

            // A client that has left need not wait for a mailbox that doesn't answer.
            if (!session.Aborted.IsCancellationRequested) await closing;
            if (refused is MailboxException { Error: MailboxError.Disabled }) return await FinishAsync(session, LoginResult.Rejected, mechanism);
            throw;
        }

        session.LoggedIn(mailbox, result.Login);
        return Reply.Done("Logged in", Capabilities.Code(session));
    }
}
