using System.Diagnostics;

namespace MailGrains.Bench.Rows;

/// <summary>Runs the same step on several threads for a while and counts.</summary>
internal static class Load
{
    // Not measured: .NET compiles what is called often while it is called, for the first ten seconds of a load.
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_measured = TimeSpan.FromSeconds(4);

    /// <summary>
    /// Steps per second over four seconds or the time given, after ten that do not count. <paramref name="start"/> makes one
    /// worker (its connection, its messages) and returns its step; disposal of the connection is the worker's.
    /// </summary>
    public static Outcome Run<TWorker>(int threads, Func<int, TWorker> start, Action<TWorker> step, TimeSpan? measured = null)
        where TWorker : IDisposable
    {
        var time = measured ?? s_measured;
        var workers = Enumerable.Range(0, threads).Select(start).ToArray();
        var results = new List<double>[threads];
        Exception? failure = null;
        var begin = Stopwatch.GetTimestamp() + (long)(s_warmUp.TotalSeconds * Stopwatch.Frequency);
        var end = begin + (long)(time.TotalSeconds * Stopwatch.Frequency);
        var running = workers.Select((worker, index) => new Thread(() =>
        {
            try
            {
                results[index] = Repeat(worker, step, begin, end);
            }
            catch (Exception exception)
            {
                Interlocked.CompareExchange(ref failure, exception, null);
            }
        })).ToArray();
        Array.ForEach(running, thread => thread.Start());
        Array.ForEach(running, thread => thread.Join());
        Array.ForEach(workers, worker => worker.Dispose());
        if (failure is not null)
            throw new InvalidOperationException(failure.Message, failure);
        var latencies = results.SelectMany(list => list).ToList();
        return new Outcome(
            latencies.Count / time.TotalSeconds,
            Detail: FormattableString.Invariant(
                $"p50 {Samples.Percentile(latencies, 0.5):0.00} ms, p99 {Samples.Percentile(latencies, 0.99):0.00} ms"));
    }

    // Counts the steps that ended inside the window; their times in milliseconds.
    private static List<double> Repeat<TWorker>(TWorker worker, Action<TWorker> step, long begin, long end)
    {
        var times = new List<double>(100_000);
        while (true)
        {
            var started = Stopwatch.GetTimestamp();
            step(worker);
            var now = Stopwatch.GetTimestamp();
            if (now > end)
                return times;
            if (now >= begin)
                times.Add((now - started) * 1000.0 / Stopwatch.Frequency);
        }
    }
}
