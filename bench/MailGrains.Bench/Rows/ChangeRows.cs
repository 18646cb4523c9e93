using MailGrains.Bench.Client;
using MailGrains.Bench.Servers;

namespace MailGrains.Bench.Rows;

/// <summary>Changing many messages with one command. Each run works on folders of its own and deletes them afterwards.</summary>
internal static class ChangeRows
{
    private const int Repetitions = 5;

    public static IEnumerable<Measurement> All =>
    [
        new("store",
            "STORE 1:* +FLAGS (\\Flagged), 10,000", Unit.Milliseconds, Goal.RatioAtMost(1.5), Store)
            { NeedsMailbox = true, Durable = true },
        new("copy", "COPY of 1,000", Unit.Milliseconds, Goal.RatioAtMost(1.5), Copy) { NeedsMailbox = true, Durable = true },
        new("move", "MOVE of 1,000", Unit.Milliseconds, Goal.RatioAtMost(1.5), Move) { NeedsMailbox = true, Durable = true },
        new("expunge", "EXPUNGE of 1,000", Unit.Milliseconds, Goal.RatioAtMost(1.5), Expunge) { NeedsMailbox = true, Durable = true },
    ];

    private static Outcome Store(MailServer server)
    {
        using var imap = server.LogIn(Users.Reader, "INBOX");
        var rows = 0;
        return Repeat(() =>
        {
            imap.Run("STORE 1:* -FLAGS.SILENT (\\Flagged)");
            return Samples.Time(() => rows = imap.Run("STORE 1:* +FLAGS (\\Flagged)").Untagged);
        }) with
        { Evidence = rows };
    }

    private static Outcome Copy(MailServer server)
    {
        using var imap = server.LogIn(Users.Reader, "INBOX");
        return Repeat(() =>
        {
            var folder = NewFolder(imap);
            var time = Samples.Time(() => imap.Run($"COPY 1:1000 {folder}"));
            imap.Run($"DELETE {folder}");
            return time;
        });
    }

    private static Outcome Move(MailServer server)
    {
        using var imap = server.LogIn(Users.Reader, "INBOX");
        return Repeat(() =>
        {
            var (source, target) = (CopiesIn(imap), NewFolder(imap));
            imap.Run($"SELECT {source}");
            var time = Samples.Time(() => imap.Run($"MOVE 1:* {target}"));
            Leave(imap, source, target);
            return time;
        });
    }

    private static Outcome Expunge(MailServer server)
    {
        using var imap = server.LogIn(Users.Reader, "INBOX");
        return Repeat(() =>
        {
            var folder = CopiesIn(imap);
            imap.Run($"SELECT {folder}");
            imap.Run("STORE 1:* +FLAGS.SILENT (\\Deleted)");
            var time = Samples.Time(() => imap.Run("EXPUNGE"));
            Leave(imap, folder);
            return time;
        });
    }

    private static Outcome Repeat(Func<double> run)
    {
        run();
        return new Outcome(Samples.Percentile([.. Enumerable.Range(0, Repetitions).Select(_ => run())], 0.5));
    }

    private static string CopiesIn(ImapConnection imap)
    {
        var folder = NewFolder(imap);
        imap.Run($"COPY 1:1000 {folder}");
        return folder;
    }

    private static string NewFolder(ImapConnection imap)
    {
        var folder = "Bench" + Guid.NewGuid().ToString("N")[..12];
        imap.Run($"CREATE {folder}");
        return folder;
    }

    private static void Leave(ImapConnection imap, params IEnumerable<string> folders)
    {
        imap.Run("SELECT INBOX");
        foreach (var folder in folders)
            imap.Run($"DELETE {folder}");
    }
}
