using System.Diagnostics;
using MailGrains.TestKit.Checking;
using MailGrains.TestKit.Clients;

namespace MailGrains.Cluster.Tests.Failover;

/// <summary>A session that asks its mailbox something all the time, and remembers how long it ever had to wait.</summary>
internal sealed class Probe(int port, string user)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private long _since = long.MaxValue;
    private long _answered;

    /// <summary>The longest time from a question, or from <see cref="Mark"/> if that came later, to its good answer.</summary>
    public TimeSpan Longest { get; private set; }

    /// <summary>Answers that were no good, since the mark.</summary>
    public List<string> Refusals { get; } = [];

    /// <summary>A good answer came to a question asked after the mark.</summary>
    public bool HasAnswered => Volatile.Read(ref _answered) >= Volatile.Read(ref _since);

    /// <summary>From now on answers count.</summary>
    public void Mark()
    {
        Longest = default;
        Refusals.Clear();
        Volatile.Write(ref _since, Stopwatch.GetTimestamp());
    }

    /// <summary>Until cancelled. Fails when the session is lost.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var imap = await RawImap.LoggedInAsync(port, user, LoadRun.Password, CancellationToken.None);
        (await imap.RunAsync("SELECT INBOX", CancellationToken.None)).Ok();
        long? asked = null;
        while (!cancellation.IsCancellationRequested)
        {
            var began = Stopwatch.GetTimestamp();
            asked ??= began;
            var reply = await imap.RunAsync("STATUS INBOX (MESSAGES UIDNEXT HIGHESTMODSEQ)", CancellationToken.None);
            if (reply.IsOk)
            {
                Take(Stopwatch.GetElapsedTime(Math.Max(asked.Value, Since())), began);
                asked = null;
            }
            else if (Volatile.Read(ref _since) < long.MaxValue)
            {
                lock (Refusals) Refusals.Add($"{user}: {reply.Tagged}");
            }

            await Task.Delay(Pause, CancellationToken.None);
        }
    }

    private long Since() => Volatile.Read(ref _since) is var since && since < long.MaxValue ? since : 0;

    private void Take(TimeSpan waited, long began)
    {
        if (Since() == 0) return;
        if (waited > Longest) Longest = waited;
        Volatile.Write(ref _answered, began);
    }
}
