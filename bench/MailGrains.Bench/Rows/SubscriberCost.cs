using System.Diagnostics;
using MailGrains.Bench.Servers;

namespace MailGrains.Bench.Rows;

/// <summary>
/// What subscribers take from deliveries. They may fall behind while mail comes in, so the detail says how far, and how long they needed afterwards; a run
/// ends when they have caught up, and the other server then has the machine for itself.
/// </summary>
internal static class SubscriberCost
{
    public static Measurement Row(TimeSpan measured, int subscribers) => new(
        "lmtp-many", "LMTP 10 KB, 8 users, 32 connections", Unit.MessagesPerSecond, Goal.RatioAtLeast(0.7), server => Run(server, measured, subscribers))
    { Durable = true };

    /// <summary>Not measured: a server whose code was never under load is slower by half.</summary>
    public static void WarmUp(IEnumerable<MailServer> servers)
    {
        foreach (var server in servers)
            DeliveryRows.DeliverToMany(server);
    }

    private static Outcome Run(MailServer server, TimeSpan measured, int subscribers)
    {
        if (server.Admin is not { } admin)
            return DeliveryRows.DeliverToMany(server, measured);
        var outcome = DeliveryRows.DeliverToMany(server, measured);
        var behind = admin.Pending();
        var started = Stopwatch.GetTimestamp();
        admin.AwaitSubscribers(subscribers);
        var detail = FormattableString.Invariant($"{behind.Values.DefaultIfEmpty().Max()} events behind at the end, caught up in ");
        return outcome with { Detail = outcome.Detail + "; " + detail + FormattableString.Invariant($"{Samples.Elapsed(started) / 1000:0.0} s") };
    }
}
