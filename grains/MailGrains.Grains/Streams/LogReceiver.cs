using MailGrains.Grains.Contracts.Subscribers;
using MailGrains.Storage.Events;
using MailGrains.Subscribers;
using Orleans.Streams;

namespace MailGrains.Grains.Streams;

/// <summary>
/// Reads one partition from its last event on; what is older subscribers read by themselves. Each batch is read once and goes to all subscribers.
/// </summary>
internal sealed class LogReceiver : IQueueAdapterReceiver, IDisposable
{
    private const int BatchSize = 500;

    /// <summary>How long one call waits for events; the next follows at once.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>
    /// After a batch that was not full the next is waited for so long, as <see cref="Subscriber.Rest"/> says: subscribers would not take it sooner. An event
    /// that comes alone doesn't wait.
    /// </summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(50);

    private readonly int _partition;
    private readonly IEventLog _log;
    private readonly LogTail _tail;
    private readonly SubscriberSet _subscribers;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationToken _stopped;
    private long? _position;
    private long? _restsSince;

    public LogReceiver(int partition, IEventLog log, LogTail tail, SubscriberSet subscribers, TimeProvider time)
    {
        _partition = partition;
        _log = log;
        _tail = tail;
        _subscribers = subscribers;
        _time = time;

        // A call may be under way when the source is disposed.
        _stopped = _stop.Token;
    }

    public Task Initialize(TimeSpan timeout) => Task.CompletedTask;

    public async Task<IList<IBatchContainer>> GetQueueMessagesAsync(int maxCount)
    {
        if (_stopped.IsCancellationRequested) return [];

        // Here and not in Initialize, which nobody repeats when the store is away. The last event is sent once more: a subscriber that had looked at the log
        // before it was written hears of it now.
        _position ??= Math.Max(0, (await _log.ReadHeadAsync(_stopped))[_partition] - 1);
        if (!await HasMoreAsync()) return [];
        await RestAsync();
        if (_stopped.IsCancellationRequested) return [];
        var events = await _log.ReadAsync(_partition, _position.Value, BatchSize, _stopped);
        if (events.Count == 0) return [];
        _position = events[^1].Position;
        _restsSince = events.Count < BatchSize ? _time.GetTimestamp() : null;
        EventRecord[] shared = [.. events];
        return [.. _subscribers.Select(s => new LogBatch(new SubscriberKey(s.Name, _partition).ToString(), shared))];
    }

    /// <summary>Nothing to confirm: subscribers keep their own positions.</summary>
    public Task MessagesDeliveredAsync(IList<IBatchContainer> messages) => Task.CompletedTask;

    public async Task Shutdown(TimeSpan timeout)
    {
        await _stop.CancelAsync();
        Dispose();
    }

    public void Dispose() => _stop.Dispose();

    private async Task RestAsync()
    {
        if (_restsSince is not { } since) return;
        var rest = Rest - _time.GetElapsedTime(since);
        if (rest <= TimeSpan.Zero) return;
        await Task.Delay(rest, _time, _stopped).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    private async Task<bool> HasMoreAsync()
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(_stopped);
        waiting.CancelAfter(Patience);
        try
        {
            await _tail.WaitAsync(_partition, _position!.Value, waiting.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
