using MailGrains.Storage.Events;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MailGrains.Grains.Streams;

/// <summary>
/// Knows how far each partition of the log goes: one question for all partitions, asked when this silo has written something and, for what others
/// write, a few times a second.
/// </summary>
internal sealed class LogTail(IEventLog log, EventSignal appended, TimeProvider time, ILogger<LogTail> logger) : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);

    /// <summary>Between looks that found something: under load one serves several groups of commits.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(10);

    private readonly EventSignal _moved = new();
    private volatile IReadOnlyList<long> _heads = [];

    /// <summary>The last position known of a partition; 0 before the log was looked at.</summary>
    public long Head(int partition) => _heads is var heads && partition < heads.Count ? heads[partition] : 0;

    /// <summary>Completes when a partition goes beyond a position.</summary>
    public async Task WaitAsync(int partition, long position, CancellationToken cancellation)
    {
        while (true)
        {
            var moved = _moved.Next;
            if (Head(partition) > position) return;
            await moved.WaitAsync(cancellation);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var failing = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            var next = appended.Next;
            var moved = false;
            try
            {
                var heads = await log.ReadHeadAsync(stoppingToken);
                moved = !heads.SequenceEqual(_heads);
                _heads = heads;
                if (moved) _moved.Raise();
                failing = false;
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                if (!failing) Log.HeadNotRead(logger, failure);
                failing = true;
                next = Task.Delay(Poll, time, stoppingToken);
            }

            if (moved) await Task.Delay(Gathering, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await next.WaitAsync(Poll, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
