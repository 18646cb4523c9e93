using MailGrains.Grains.Contracts.Subscribers;
using MailGrains.Storage;
using MailGrains.Storage.Events;
using MailGrains.Storage.Subscribers;
using MailGrains.Subscribers;
using MailGrains.Subscribers.Delivery;
using Microsoft.Extensions.Logging;

namespace MailGrains.Grains.Streams;

/// <summary>
/// One blocking subscriber as the mailboxes of this silo see it. Where an answer has run into the time-out, the subscriber counts as away in that partition
/// until it has come past that event: meanwhile nobody waits the whole time again. An answer is then given, or refused, at once.
/// </summary>
internal sealed class BlockingGate : IDisposable
{
    /// <summary>A grain that is to move waits for the questions it is asked.</summary>
    private static readonly TimeSpan LongestQuestion = TimeSpan.FromSeconds(1);

    /// <summary>Between questions where the answer came at once, say of a grain that is moving.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly string _name;
    private readonly IGrainFactory _grains;
    private readonly ISubscriberStore _positions;
    private readonly SubscriberMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly bool[] _started;
    private readonly Task[] _away;
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationToken _stopped;

    public BlockingGate(
        Subscriber subscriber,
        int partitions,
        IGrainFactory grains,
        ISubscriberStore positions,
        SubscriberMetrics metrics,
        TimeProvider time,
        ILogger logger)
    {
        _name = subscriber.Name;
        Policy = subscriber.Blocking!;
        _grains = grains;
        _positions = positions;
        _metrics = metrics;
        _time = time;
        _logger = logger;
        _started = new bool[partitions];
        _away = new Task[partitions];
        Array.Fill(_away, Task.CompletedTask);
        _stopped = _stop.Token;
    }

    public BlockingPolicy Policy { get; }

    private bool Accepts => Policy.OnTimeout == TimeoutAnswer.Accept;

    /// <summary>False: the subscriber must handle what comes, and is away or has not started.</summary>
    public async ValueTask<bool> MayBeginAsync(int partition)
    {
        // One that started behind this change would never see it.
        if (!_started[partition] && !IsAway(partition))
        {
            if (await AskAsync(partition, 0, Policy.Timeout) == Confirmation.Handled) _started[partition] = true;
            else SetAway(partition, 0);
        }

        return Accepts || !IsAway(partition) || Refused(TimeSpan.Zero);
    }

    /// <summary>Waits until the event is handled or time is over; false: it must not be acknowledged.</summary>
    public Task<bool> ConfirmAsync(EventRecord record) => ConfirmAsync(record.Partition, record.Position, isRemoved: false);

    /// <summary>
    /// The same for an event that has left the log with all events up to a position: nobody knows any more which of them it was, so all of them have to be
    /// handled, and none may be a dead letter.
    /// </summary>
    public Task<bool> ConfirmRemovedAsync(int partition, long removed) => ConfirmAsync(partition, removed, isRemoved: true);

    private async Task<bool> ConfirmAsync(int partition, long position, bool isRemoved)
    {
        var started = _time.GetTimestamp();
        var wasAway = IsAway(partition);
        if (wasAway && Accepts) return Accepted(TimeSpan.Zero);

        // Of one that is away too: a repetition may be about an event that was handled.
        var confirmation = await AskAsync(partition, position, wasAway ? TimeSpan.Zero : Policy.Timeout);
        if (isRemoved && confirmation == Confirmation.Handled && await HasDeadAsync(partition, position)) confirmation = Confirmation.GivenUp;
        var took = _time.GetElapsedTime(started);
        switch (confirmation)
        {
            case Confirmation.Handled:
                _metrics.Waited(_name, "handled", took);
                return true;
            case Confirmation.NotYet when !wasAway:
                SetAway(partition, position);
                break;
        }

        return Accepts ? Accepted(took) : Refused(took);
    }

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    private bool IsAway(int partition) => !Volatile.Read(ref _away[partition]).IsCompleted;

    private bool Accepted(TimeSpan took)
    {
        _metrics.Waited(_name, "accepted", took);
        return true;
    }

    private bool Refused(TimeSpan took)
    {
        _metrics.Waited(_name, "refused", took);
        return false;
    }

    private void SetAway(int partition, long position)
    {
        lock (_away)
        {
            if (IsAway(partition) || _stopped.IsCancellationRequested) return;
            Log.SubscriberAway(_logger, _name, partition, position, Policy.Timeout, Policy.OnTimeout);

            // Not within the mailbox that happened to ask: it may go.
            _away[partition] = Task.Run(() => BackAsync(partition, position), CancellationToken.None);
        }
    }

    private async Task BackAsync(int partition, long position)
    {
        while (!_stopped.IsCancellationRequested && await AskAsync(partition, position, LongestQuestion) == Confirmation.NotYet)
        {
        }

        if (!_stopped.IsCancellationRequested) Log.SubscriberBack(_logger, _name, partition);
    }

    private async Task<bool> HasDeadAsync(int partition, long upTo)
    {
        try
        {
            return await _positions.ReadDeadLettersAsync(_name, partition, 0, 1, _stopped) is [var first, ..] && first.Position <= upTo;
        }
        catch (Exception notNow) when (notNow is StoreUnavailableException or OperationCanceledException)
        {
            // Who can't be asked has not confirmed.
            return true;
        }
    }

    /// <summary>Asks until patience ends, whatever happens to the grain that answers.</summary>
    private async Task<Confirmation> AskAsync(int partition, long position, TimeSpan patience)
    {
        var grain = _grains.GetGrain<ISubscriberGrain>(new SubscriberKey(_name, partition).ToString());
        var started = _time.GetTimestamp();
        while (true)
        {
            var left = patience - _time.GetElapsedTime(started);
            if (left < TimeSpan.Zero) left = TimeSpan.Zero;
            var question = left < LongestQuestion ? left : LongestQuestion;
            try
            {
                // A hanging silo doesn't keep to the patience it is told.
                var answer = await grain.ConfirmAsync(position, question).WaitAsync(question + Pause, _time, _stopped);
                if (answer != Confirmation.NotYet) return answer;
            }
            catch (Exception)
            {
                // Its silo has gone, hangs or is ending, or this one is: who can't be asked has not confirmed.
            }

            if (_stopped.IsCancellationRequested || _time.GetElapsedTime(started) + Pause >= patience) return Confirmation.NotYet;
            await Task.Delay(Pause, _time, _stopped).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }
}
