using System.Buffers;
using System.Text;
using MailGrains.Authentication;
using MailGrains.Frontends.Authentication;
using MailGrains.Frontends.Imap.Session;
using MailGrains.Imap;
using MailGrains.Imap.Commands;

namespace MailGrains.Frontends.Imap.Handlers;

/// <summary>AUTHENTICATE (RFC 9051 section 6.2.2) with PLAIN (RFC 4616) and SCRAM-SHA-256 (RFC 7677), and SASL-IR (RFC 4959).</summary>
internal sealed class AuthenticateHandler : ICommandHandler<AuthenticateCommand>
{
    private static readonly Reply Cancelled = Reply.Bad("AUTHENTICATE cancelled");
    private static readonly Reply NotBase64 = Reply.Bad("Invalid base64");

    public ValueTask<Reply> HandleAsync(ImapSession session, AuthenticateCommand command) => command.Mechanism switch
    {
        "PLAIN" when !session.MayUsePasswords => ValueTask.FromResult(Logins.PrivacyRequired),
        "PLAIN" => PlainAsync(session, command),
        "SCRAM-SHA-256" => ScramAsync(session, command),
        _ => ValueTask.FromResult(Reply.No("Mechanism not supported", ResponseCodes.Cannot)),
    };

    private static async ValueTask<Reply> PlainAsync(ImapSession session, AuthenticateCommand command)
    {
        var (message, failure) = await FirstAsync(session, command);
        if (message is null) return failure;
        var result = SaslPlain.TryParse(message, out var plain)
            ? await session.Services.Logins.LoginAsync(plain.User, plain.Password, Logins.Attempt(session, "PLAIN"), session.Aborted)
            : LoginResult.Rejected;
        return await Logins.FinishAsync(session, result, "PLAIN");
    }

    private static async ValueTask<Reply> ScramAsync(ImapSession session, AuthenticateCommand command)
    {
        var (first, failure) = await FirstAsync(session, command);
        if (first is null) return failure;
        var login = await session.Services.Logins.BeginScramAsync(
            Encoding.UTF8.GetString(first), Logins.Attempt(session, "SCRAM-SHA-256"), session.Aborted);
        if (login is null) return await Logins.FinishAsync(session, LoginResult.Rejected, "SCRAM-SHA-256");

        (var final, failure) = await AskAsync(session, Encoding.UTF8.GetBytes(login.Challenge));
        if (final is null) return failure;
        var (result, serverFinal) = await login.FinishAsync(Encoding.UTF8.GetString(final), session.Aborted);
        if (serverFinal is not null)
        {
            // IMAP has no room for data in its OK, so the server's signature is a challenge that is answered with nothing.
            (var last, failure) = await AskAsync(session, Encoding.UTF8.GetBytes(serverFinal));
            if (last is null) return failure;
        }

        return await Logins.FinishAsync(session, result, "SCRAM-SHA-256");
    }

    private static ValueTask<(byte[]? Message, Reply Failure)> FirstAsync(ImapSession session, AuthenticateCommand command) =>
        command.InitialResponse is { } initial ? ValueTask.FromResult<(byte[]?, Reply)>((initial, default)) : AskAsync(session, default);

    private static async ValueTask<(byte[]? Message, Reply Failure)> AskAsync(ImapSession session, ReadOnlyMemory<byte> challenge)
    {
        session.Writer.Challenge(challenge.Span);
        var line = await session.ReadLineAsync();
        if (line is null) return (null, Reply.None);
        if (SaslResponse.IsCancel(new ReadOnlySequence<byte>(line))) return (null, Cancelled);
        return SaslResponse.TryDecode(line, out var response) ? (response, default) : (null, NotBase64);
    }
}
