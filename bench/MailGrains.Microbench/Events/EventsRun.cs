using System.Diagnostics;
using MailGrains.Storage.Events;

namespace MailGrains.Microbench.Events;

/// <summary>
/// Three figures of one store: reading the log alone, a subscriber that works its way up a full log, and one that follows while events are written.
/// </summary>
internal sealed class EventsRun(EventHost host, string store, int number, TextWriter output)
{
    private const int WarmUp = 20_000;
    private const int BatchSize = 500;

    public async Task ExecuteAsync()
    {
        // Compiled, and every partition has been served once.
        await host.WriteAsync(WarmUp);
        await host.CaughtUpAsync();

        await host.Subscribers.PauseAsync(host.Handler.Name);
        await MeasureAsync("write", async () => await host.WriteAsync(number));
        await MeasureAsync("read", ReadAllAsync);
        await MeasureAsync("catch-up", async () =>
        {
            var before = host.Handler.Count;
            await host.Subscribers.ResumeAsync(host.Handler.Name);
            await host.CaughtUpAsync();
            return host.Handler.Count - before;
        });
        await MeasureAsync("live", async () =>
        {
            var written = await host.WriteAsync(number);
            await host.CaughtUpAsync();
            return written;
        });
    }

    private async Task<long> ReadAllAsync() => (await Task.WhenAll(Enumerable.Range(0, host.Log.Partitions).Select(ReadAsync))).Sum();

    private async Task<long> ReadAsync(int partition)
    {
        long position = 0, events = 0;
        while (await host.Log.ReadAsync(partition, position, BatchSize, CancellationToken.None) is { Count: > 0 } read)
            (position, events) = (read[^1].Position, events + read.Count);
        return events;
    }

    private async Task MeasureAsync(string what, Func<Task<long>> measured)
    {
        GC.Collect();
        var (started, processor, allocated, batches) =
            (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes(), host.Handler.Batches);
        var events = await measured();
        var elapsed = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var cores = (Environment.CpuUsage.TotalTime - processor).TotalSeconds / elapsed;
        var octets = (GC.GetTotalAllocatedBytes() - allocated) / (double)events;
        output.WriteLine(
            FormattableString.Invariant($"{store,-10} {what,-9} {events,9:N0} events  {events / elapsed,9:N0} events/s  {cores:0.00} cores  ")
            + FormattableString.Invariant($"{octets,6:N0} octets allocated an event  {host.Handler.Batches - batches,6:N0} batches"));
    }
}
