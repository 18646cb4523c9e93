using MailGrains.Bench.Servers;

namespace MailGrains.Bench.Rows;

/// <summary>Logging in, opening folders, and the round trips between.</summary>
internal static class SessionRows
{
    private const int QresyncChanges = 10;

    public static IEnumerable<Measurement> All =>
    [
        new("login", "connect + LOGIN + LOGOUT, 16 connections", Unit.LoginsPerSecond, Goal.RatioAtLeast(1), LogIns),
        new("select", "SELECT in a new session, 10,000 messages", Unit.Milliseconds, Goal.RatioAtMost(1), Select) { NeedsMailbox = true },
        new("reselect", "SELECT again in the same session", Unit.Milliseconds, Goal.RatioAtMost(1), SelectAgain) { NeedsMailbox = true },
        new("status", "STATUS of 50 folders", Unit.Milliseconds, Goal.RatioAtMost(1), Status),
        new("noop", "NOOP, p50", Unit.Milliseconds, Goal.RatioAtMost(3), Noop) { NeedsMailbox = true },
        new("qresync", "SELECT (QRESYNC) after 10 changes", Unit.Milliseconds, Goal.RatioAtMost(2), Qresync) { NeedsMailbox = true },
    ];

    private static Outcome LogIns(MailServer server) =>
        Load.Run(16, index => new LoginWorker(server, Users.Login(index)), worker => worker.LogInAndOut());

    private static Outcome Select(MailServer server)
    {
        var times = new List<double>();
        for (var i = 0; i < 60; i++)
        {
            using var imap = server.LogIn(Users.Reader);
            var time = Samples.Time(() => imap.Run("SELECT INBOX"));
            if (i >= 10)
                times.Add(time);
            imap.LogOut();
        }
        return new Outcome(Samples.Percentile(times, 0.5));
    }

    private static Outcome SelectAgain(MailServer server)
    {
        using var imap = server.LogIn(Users.Reader);
        return new Outcome(Samples.Median(100, () => imap.Run("SELECT INBOX")));
    }

    private static Outcome Status(MailServer server)
    {
        using var imap = server.LogIn(Users.Folders);
        Mailboxes.EnsureFolders(imap);
        var messages = 0L;
        var time = Samples.Median(100, () =>
        {
            messages = 0;
            for (var i = 0; i < Mailboxes.FolderCount; i++)
                messages += imap.Run($"STATUS {Mailboxes.FolderName(i)} (MESSAGES UIDNEXT UIDVALIDITY UNSEEN)").Untagged;
        });
        return new Outcome(time, messages);
    }

    private static Outcome Noop(MailServer server)
    {
        using var imap = server.LogIn(Users.Reader, "INBOX");
        return new Outcome(Samples.Median(5000, () => imap.Run("NOOP"), warmUps: 1000));
    }

    private static Outcome Qresync(MailServer server)
    {
        using var changer = server.LogIn(Users.Reader, "INBOX");
        using var imap = server.LogIn(Users.Reader);
        imap.Run("ENABLE QRESYNC");
        var (times, changed, flags) = (new List<double>(), 0L, "+");
        for (var i = 0; i < 30; i++)
        {
            var known = SelectState.Read(imap.RunForLines("SELECT INBOX"));
            for (var change = 0; change < QresyncChanges; change++)
                changer.Run($"STORE {1 + (change * 971)} {flags}FLAGS (\\Draft)");
            flags = flags == "+" ? "-" : "+";
            imap.Run("UNSELECT");
            List<string> lines = [];
            times.Add(Samples.Time(() => lines = imap.RunForLines($"SELECT INBOX (QRESYNC ({known.UidValidity} {known.HighestModSeq}))")));
            changed = lines.Count(line => line.Contains(" FETCH (", StringComparison.Ordinal));
        }
        return new Outcome(Samples.Percentile(times, 0.5), changed);
    }

    private sealed class LoginWorker(MailServer server, int user) : IDisposable
    {
        public void LogInAndOut()
        {
            using var connection = server.Connect();
            connection.LogInOnly(server.Address(user), server.Password);
            connection.LogOut();
        }

        public void Dispose()
        {
        }
    }
}
