using System.Diagnostics.Metrics;

namespace MailGrains.Frontends.Imap.Session;

/// <summary>Figures of the meter <c>MailGrains.Imap</c>: what sessions notice of mailboxes that move.</summary>
internal static class SessionMetrics
{
    private static readonly Meter s_meter = new("MailGrains.Imap");

    private static readonly Counter<long> s_reopened = s_meter.CreateCounter<long>(
        "mailgrains.imap.sessions.reopened", "{session}", "Sessions opened again because their mailbox had moved.");

    private static readonly Counter<long> s_retried = s_meter.CreateCounter<long>(
        "mailgrains.imap.calls.retried", "{call}", "Calls to mailboxes made again, by error.");

    /// <summary>A session begins. Told from the first on: to an alert, a series that appears with its first increment never increased.</summary>
    public static void Begun()
    {
        s_reopened.Add(0);
        s_retried.Add(0, new KeyValuePair<string, object?>("error", nameof(TimeoutException)));
    }

    public static void Reopened() => s_reopened.Add(1);

    public static void Retried(Exception failure) => s_retried.Add(1, new KeyValuePair<string, object?>("error", failure.GetType().Name));
}
