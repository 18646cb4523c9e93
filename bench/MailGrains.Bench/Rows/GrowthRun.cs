using System.Diagnostics;
using MailGrains.Bench.Client;
using MailGrains.Bench.Generator;
using MailGrains.Bench.Servers;

namespace MailGrains.Bench.Rows;

/// <summary>Fills one folder step by step and measures at each step: what is flat stays flat, what grows shows.</summary>
internal sealed class GrowthRun(MailServer server, TextWriter progress)
{
    private const int Batch = 500;
    private const int SmallSize = 1200;
    private const int WakeUps = 40;
    private const int ColdWakeUps = 10;
    private static readonly TimeSpan s_settle = TimeSpan.FromSeconds(2);
    private readonly UniqueMessages _small = new(new MailboxGenerator(21).GenerateOfSize(Batch * 2, SmallSize));
    private readonly UniqueMessages _large = new(new MailboxGenerator(22).GenerateOfSize(60, 4096));

    /// <summary>Fills up to <paramref name="size"/> and measures; null when the folder holds clearly more already.</summary>
    public GrowthPoint? MeasureAt(long size)
    {
        var (before, rate) = Fill(size);
        if (before > size * 1.2)
        {
            progress.WriteLine($"{server.Name} {size:N0}: the folder holds {before:N0} already, skipped");
            return null;
        }
        var (messages, open, memory) = Open();
        using var imap = server.LogIn(Users.Growth, "INBOX");
        var point = new GrowthPoint(server.Name, messages, rate, open, memory,
            Samples.Median(20, () => imap.Append("INBOX", ("", _large.Next())), warmUps: 5),
            Flag(imap, messages), Newest(imap), WakeUp());
        progress.WriteLine(FormattableString.Invariant($"{server.Name} {messages:N0}: open {open:0.00}, append {point.Append:0.000}, ") +
            FormattableString.Invariant($"flag {point.Flag:0.000}, newest {point.Newest:0.000}, wake-up {point.WakeUp:0.000} ms"));
        return point;
    }

    private (long Before, double? Rate) Fill(long size)
    {
        using var imap = server.LogIn(Users.Growth);
        var before = SelectState.Read(imap.RunForLines("SELECT INBOX")).Exists;
        imap.Run("UNSELECT");
        var started = Stopwatch.GetTimestamp();
        for (var there = before; there < size;)
        {
            var count = (int)Math.Min(Batch, size - there);
            imap.Append("INBOX", [.. Enumerable.Range(0, count).Select(_ => ("", (ReadOnlyMemory<byte>)_small.Next()))]);
            there += count;
            if (there / 50_000 != (there - count) / 50_000)
                progress.WriteLine(FormattableString.Invariant(
                    $"{server.Name}: {there:N0} messages, {(there - before) * 1000 / Samples.Elapsed(started):N0}/s"));
        }
        return (before, size > before ? (size - before) * 1000 / Samples.Elapsed(started) : null);
    }

    // The session's code is warmed on another account, so that opening is charged with the folder alone.
    private (long Messages, double Time, double? Memory) Open()
    {
        SyncDisk();
        if (server.CanRestart)
            server.Restart();
        server.LogIn(Users.Appender, "INBOX").LogOut();
        using var imap = server.LogIn(Users.Growth);
        Task.Delay(s_settle, TimeProvider.System).Wait();
        var before = server.Memory();
        List<string> lines = [];
        var time = Samples.Time(() => lines = imap.RunForLines("SELECT INBOX"));
        var memory = (server.Memory() - before) / 1e6;
        return (SelectState.Read(lines).Exists, time, memory);
    }

    /// <summary>What the folder was filled with is on its way to the disk for a while, and no cost of what is measured then.</summary>
    private static void SyncDisk()
    {
        using var sync = Process.Start("sync");
        sync.WaitForExit();
    }

    private static double Flag(ImapConnection imap, long messages)
    {
        var turn = 0L;
        return Samples.Median(200, () =>
        {
            turn++;
            imap.Run($"STORE {1 + (turn / 2 * 7919 % messages)} {(turn % 2 == 0 ? '+' : '-')}FLAGS (\\Flagged)");
        });
    }

    private static double Newest(ImapConnection imap)
    {
        var exists = SelectState.Read(imap.RunForLines("SELECT INBOX")).Exists;
        return Samples.Median(200, () => imap.Run($"FETCH {Math.Max(1, exists - 49)}:* (UID FLAGS ENVELOPE)"));
    }

    private double WakeUp()
    {
        using var lmtp = server.ConnectLmtp();
        using var watcher = new IdleWatcher(server.LogIn(Users.Growth, "INBOX"), WakeUps);
        var times = new List<double>();
        for (var i = 0; i < WakeUps; i++)
        {
            var begun = Stopwatch.GetTimestamp();
            lmtp.Deliver("sender@example.com", server.Address(Users.Growth), _large.Next());
            times.Add(watcher.WaitSince(begun));
        }
        return Samples.Percentile(times[ColdWakeUps..], 0.5);
    }
}
