using System.Buffers;
using MailGrains.Frontends.Connections;
using MailGrains.Frontends.Imap.Handlers;
using MailGrains.Grains.Contracts.Sessions;
using MailGrains.Imap;
using MailGrains.Imap.Commands;
using MailGrains.Imap.Responses;
using MailGrains.Model;

namespace MailGrains.Frontends.Imap.Session;

/// <summary>
/// One client's session: reads commands, lets their handlers run, tells what changed, answers. What it knows of the selected
/// mailbox is in <see cref="View"/>; the mailbox itself is behind <see cref="Mailbox"/>.
/// </summary>
internal sealed partial class ImapSession
{
    private readonly ImapCommandReader _reader = new();
    private MailboxLink? _mailbox;
    private ObjectIds? _objectIds;
    private bool _mayExpunge;
    private int _invalidCommands;
    private bool _ended;

    public ImapSession(LineConnection connection, ImapServices services)
    {
        Connection = connection;
        Services = services;
        Writer = new ImapResponseWriter(connection.Output);
        Limits = ImapLimits.BeforeLogin;
    }

    public LineConnection Connection { get; }

    public ImapServices Services { get; }

    public ImapResponseWriter Writer { get; private set; }

    public SessionStates State { get; private set; } = SessionStates.NotAuthenticated;

    public ImapLimits Limits { get; private set; }

    public EnabledFeatures Enabled { get; private set; }

    /// <summary>The mailbox of who is logged in.</summary>
    public MailboxLink Mailbox => _mailbox ?? throw new InvalidOperationException("Nobody is logged in.");

    /// <summary>The selected mailbox, in selected state.</summary>
    public SelectedView View => _mailbox?.View ?? throw new InvalidOperationException("No mailbox is selected.");

    public ObjectIds ObjectIds => _objectIds ?? throw new InvalidOperationException("Nobody is logged in.");

    public int FailedLogins { get; set; }

    /// <summary>What the client says it is (<see cref="ClientIds"/>); null before it has.</summary>
    public string? ClientId { get; set; }

    /// <summary>The tag of the command at hand.</summary>
    public string Tag { get; private set; } = "*";

    public CancellationToken Aborted => Connection.Aborted;

    public ImapParseOptions ParseOptions => new(Has(EnabledFeatures.Utf8));

    /// <summary>Whether passwords may be sent on this connection as it is.</summary>
    public bool MayUsePasswords => Connection.Info.Tls is not null || (Services.Options.AllowPlaintextAuth ?? Connection.Info.IsLocal);

    public bool Has(EnabledFeatures features) => (Enabled & features) == features;

    public bool IsRecent(uint uid) => !Has(EnabledFeatures.Rev2) && View.Recent is { IsEmpty: false } recent && recent.Contains(uid);

    /// <summary>Has changes told to the client before the tagged response.</summary>
    /// <param name="updates">What changed.</param>
    /// <param name="highestModSeq">HIGHESTMODSEQ after it, where the call told it apart.</param>
    public void Tell(SessionUpdates updates, long highestModSeq = 0) => Mailbox.Tell(updates, highestModSeq);

    public void Enable(EnabledFeatures features)
    {
        Enabled |= features;
        Writer.Utf8 = Has(EnabledFeatures.Utf8);
    }

    /// <summary>True after the goodbye, or when the client is gone.</summary>
    public bool HasEnded => _ended;

    /// <summary>Ends the session after the tagged response.</summary>
    public void End() => _ended = true;

    /// <summary>Says goodbye and ends the session.</summary>
    public void Bye(string text, string? code = null)
    {
        if (!_ended) Writer.Untagged(ImapCondition.Bye, text, code);
        _ended = true;
    }

    public void Selected(SelectedView view)
    {
        Mailbox.View = view;
        State = SessionStates.Selected;
    }

    public void Deselected()
    {
        Mailbox.View = null;
        State = SessionStates.Authenticated;
    }

    /// <summary>Reads one line that is no command (DONE, an answer to a SASL challenge).</summary>
    /// <returns>The line with its CRLF; null when the session must end, or, with <paramref name="wakeable"/>, look what changed.</returns>
    public async ValueTask<byte[]?> ReadLineAsync(bool wakeable = false)
    {
        while (!_ended)
        {
            await Connection.FlushAsync(Aborted);
            var read = await Connection.ReadAsync(Aborted);
            var outcome = _reader.ReadLine(read.Buffer, Limits);
            switch (outcome.Status)
            {
                case ImapReadStatus.Command:
                    var line = outcome.Bytes.ToArray();
                    Connection.AdvanceTo(outcome.Bytes.End);
                    return line;
                case ImapReadStatus.Refused:
                    Connection.AdvanceTo(read.Buffer.End);
                    Bye("Line too long", ResponseCodes.TooBig);
                    return null;
            }

            Connection.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (read.IsCanceled && (StopIfAsked() || wakeable)) return null;
            if (read.IsCompleted) _ended = true;
        }

        return null;
    }

    /// <summary>True, after the goodbye, when the server wants the session to end.</summary>
    public bool StopIfAsked()
    {
        switch (Connection.Stopping)
        {
            case SessionStop.None: return false;
            case SessionStop.Draining: Bye("Server is shutting down", ResponseCodes.Unavailable); break;
            case SessionStop.Kicked: Bye(_mailbox?.Ear.EvictionReason ?? "Session ended by the server"); break;
            default: Bye("Idle for too long"); break;
        }

        return true;
    }

    /// <summary>Enters authenticated state.</summary>
    public void LoggedIn(MailboxLink mailbox, string user)
    {
        _mailbox = mailbox;
        _objectIds = new ObjectIds(mailbox.Account);
        State = SessionStates.Authenticated;
        Limits = ImapLimits.AfterLogin(Services.Options.AppendLimit);
        Connection.MarkAuthenticated(user);
    }

    private async ValueTask CloseAsync()
    {
        if (_mailbox is null) return;
        Services.Users.Leave(_mailbox.Account);
        await _mailbox.CloseAsync();
    }
}
