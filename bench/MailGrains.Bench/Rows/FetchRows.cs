using MailGrains.Bench.Servers;

namespace MailGrains.Bench.Rows;

/// <summary>Reading the 10,000-message mailbox.</summary>
internal static class FetchRows
{
    private const string Envelopes = "FETCH 1:* (ENVELOPE)";
    private const string HeaderFields = "FETCH 1:* (BODY.PEEK[HEADER.FIELDS (From To Subject Date Message-ID References)])";

    public static IEnumerable<Measurement> All =>
    [
        // First: it leaves Dovecot with the caches that the next row keeps.
        new("envelope-unread", "FETCH 1:* ENVELOPE, first ever", Unit.Milliseconds, Goal.None, Cold)
        { NeedsMailbox = true, FreshServer = true, ColdCaches = true },
        new("envelope-cold", "FETCH 1:* ENVELOPE, first after a restart", Unit.Milliseconds, Goal.RatioAtMost(0.5), Cold)
        { NeedsMailbox = true, FreshServer = true },
        Fetch("envelope-warm", "FETCH 1:* ENVELOPE, warm", Envelopes, Goal.RatioAtMost(0.5)),
        Fetch("uid-flags", "FETCH 1:* (UID FLAGS)", "FETCH 1:* (UID FLAGS)", Goal.RatioAtMost(1)),
        Fetch("bodystructure", "FETCH 1:* BODYSTRUCTURE", "FETCH 1:* (BODYSTRUCTURE)", Goal.RatioAtMost(1)),
        Fetch("header-fields", "FETCH 1:* six header fields", HeaderFields, Goal.RatioAtMost(1)),
        new("bodies", "1,000 bodies in one FETCH", Unit.MegabytesPerSecond, Goal.RatioAtLeast(0.5), Bodies) { NeedsMailbox = true },
        new("one-body", "FETCH of one body, p50", Unit.Milliseconds, Goal.RatioAtMost(3), OneBody) { NeedsMailbox = true },
    ];

    private static Measurement Fetch(string name, string operation, string command, Goal goal) =>
        new(name, operation, Unit.Milliseconds, goal, server => Warm(server, command)) { NeedsMailbox = true };

    private static Outcome Warm(MailServer server, string command)
    {
        using var imap = server.LogIn(Users.Reader, "INBOX");
        var rows = 0;
        return new Outcome(Samples.Median(40, () => rows = imap.Run(command).Untagged), rows);
    }

    // The code is warmed on a small mailbox of another account: cold means that the data is not in the server's memory.
    private static Outcome Cold(MailServer server)
    {
        using (var other = server.LogIn(Users.Folders))
        {
            Mailboxes.EnsureFolders(other);
            other.Run($"SELECT {Mailboxes.FolderName(0)}");
            Samples.Median(1, () => other.Run(Envelopes));
        }
        using var imap = server.LogIn(Users.Reader, "INBOX");
        var rows = 0;
        return new Outcome(Samples.Time(() => rows = imap.Run(Envelopes).Untagged), rows);
    }

    private static Outcome Bodies(MailServer server)
    {
        using var imap = server.LogIn(Users.Reader, "INBOX");
        var bytes = 0L;
        var time = Samples.Median(40, () => bytes = imap.Run("FETCH 1:1000 (BODY.PEEK[])").Bytes);
        return new Outcome(bytes / 1000.0 / time, Detail: FormattableString.Invariant($"{bytes / 1e6:0.0} MB"));
    }

    private static Outcome OneBody(MailServer server)
    {
        using var imap = server.LogIn(Users.Reader, "INBOX");
        var turn = 0;
        return new Outcome(
            Samples.Median(3000, () => imap.Run($"FETCH {1 + (turn++ * 7919 % Mailboxes.Count)} (BODY.PEEK[])"), warmUps: 500));
    }
}
