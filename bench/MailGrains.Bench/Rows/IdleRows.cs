using System.Diagnostics;
using MailGrains.Bench.Client;
using MailGrains.Bench.Generator;
using MailGrains.Bench.Servers;

namespace MailGrains.Bench.Rows;

/// <summary>Connections that wait: what they cost, and how fast they hear of new mail.</summary>
internal static class IdleRows
{
    private const int Connections = 1000;
    private const int WarmConnections = 100;
    private const int Lanes = 8;
    private const int SamplesPerLane = 27;

    // A lane delivers each 800 ms: longer than the half second that Dovecot waits, so that no notice covers two messages.
    private static readonly TimeSpan s_lanePeriod = TimeSpan.FromMilliseconds(800);
    private static readonly TimeSpan s_settle = TimeSpan.FromSeconds(3);

    public static IEnumerable<Measurement> All =>
    [
        new("resident", "memory of the product, idle, after start", Unit.Megabytes, Goal.ValueAtMost(200), Resident) { FreshServer = true },
        new("idle-latency", "LMTP 250 → * EXISTS in IDLE, p99", Unit.Milliseconds, Goal.RatioAtMost(0.02), Latency),
        new("idle-memory", "memory per connection in IDLE (1,000)", Unit.Kilobytes, Goal.RatioAtMost(0.05), PerConnection)
            { FreshServer = true },
    ];

    private static Outcome Resident(MailServer server)
    {
        Settle();
        return new Outcome(MemoryOf(server) / 1e6);
    }

    private static Outcome PerConnection(MailServer server)
    {
        var open = new List<ImapConnection>(Connections);
        try
        {
            // The first hundred load and compile code and fill pools that the next thousand share; they stay open and do not count.
            Open(server, open, WarmConnections);
            Settle();
            var before = MemoryOf(server);
            Open(server, open, Connections);
            Settle();
            var after = MemoryOf(server);
            return new Outcome((after - before) / 1024.0 / Connections,
                Detail: FormattableString.Invariant($"{before / 1e6:0} → {after / 1e6:0} MB"));
        }
        finally
        {
            open.ForEach(connection => connection.Dispose());
        }
    }

    private static void Open(MailServer server, List<ImapConnection> open, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var connection = server.LogInSmall(Users.Crowd(open.Count), "INBOX");
            open.Add(connection);
            connection.BeginIdle();
        }
    }

    private static long MemoryOf(MailServer server) =>
        server.Memory() ?? throw new InvalidOperationException($"the process of {server.Name} is not known (pid file)");

    private static void Settle() => Task.Delay(s_settle, TimeProvider.System).Wait();

    private static Outcome Latency(MailServer server)
    {
        var times = new List<double>[Lanes];
        var first = Stopwatch.GetTimestamp();
        var lanes = Enumerable.Range(0, Lanes).Select(lane => Task.Factory.StartNew(
            () => times[lane] = Watch(server, lane, first),
                CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
        Task.WaitAll(lanes);
        var all = times.SelectMany(list => list).ToList();
        return new Outcome(Samples.Percentile(all, 0.99),
            Detail: FormattableString.Invariant($"p50 {Samples.Percentile(all, 0.5):0.00} ms of {all.Count}"));
    }

    private static List<double> Watch(MailServer server, int lane, long first)
    {
        using var lmtp = server.ConnectLmtp();
        using var watcher = new IdleWatcher(server.LogIn(Users.Watcher(lane), "INBOX"), SamplesPerLane);
        var (recipient, messages) = (server.Address(Users.Watcher(lane)),
            new UniqueMessages(new MailboxGenerator(9).GenerateOfSize(10, 4000)));
        var times = new List<double>();
        for (var i = 0; i < SamplesPerLane; i++)
        {
            WaitUntil(first + (long)((i + 1 + (lane / (double)Lanes)) * s_lanePeriod.TotalSeconds * Stopwatch.Frequency));
            lmtp.Deliver("sender@example.com", recipient, messages.Next());
            times.Add(watcher.WaitSince(Stopwatch.GetTimestamp()));
        }
        return times;
    }

    private static void WaitUntil(long timestamp)
    {
        var left = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), timestamp);
        if (left > TimeSpan.Zero)
            Task.Delay(left, TimeProvider.System).Wait();
    }
}
