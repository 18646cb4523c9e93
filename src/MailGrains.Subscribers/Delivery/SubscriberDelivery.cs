using MailGrains.Storage;
using MailGrains.Storage.Events;
using MailGrains.Storage.Subscribers;
using Microsoft.Extensions.Logging;

namespace MailGrains.Subscribers.Delivery;

/// <summary>
/// Brings the events of one partition to one subscriber. Its own loop: whoever offers events never waits for the handler. Again and again:
/// <list type="number">
/// <item>read position and state from the store, at the start and whenever they may have changed; a first start is made where the policy says;</item>
/// <item>try dead letters again that were asked for;</item>
/// <item>take the events that follow the position: those offered, or what the log has when there was a gap or nothing was offered;</item>
/// <item>hand them to the handler, alone those that failed in company;</item>
/// <item>advance the position by compare-and-set; who finds it elsewhere goes back to 1.</item>
/// </list>
/// A failure is followed by a pause; a store that can't be used is waited for. While mail comes in a crowd a batch is followed by a rest
/// (<see cref="CrowdRest"/>).
/// </summary>
public sealed class SubscriberDelivery : IAsyncDisposable
{
    private readonly Subscriber _subscriber;
    private readonly SubscriberServices _services;
    private readonly EventSignal _news = new();
    private readonly EventSignal _woken = new();
    private readonly EventSignal _moved = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly DeadLetterRetries _retries;
    private readonly Pauses _pauses;
    private readonly CrowdRest _rest;
    private readonly PendingEvents _pending = new();
    private readonly FirstStart _start;
    private readonly Task _loop;
    private SubscriberPosition? _place;
    private volatile bool _isStale = true;

    // Events up to here are handed over one by one, because together they failed; the first of them has been tried so often.
    private long _aloneUntil;
    private int _attempts;

    /// <summary>Begins at once; awaits go on where it was made, say in a grain.</summary>
    public SubscriberDelivery(Subscriber subscriber, int partition, SubscriberServices services)
    {
        _subscriber = subscriber;
        Partition = partition;
        _services = services;
        Progress = new DeliveryProgress(services.Time);
        _retries = new DeadLetterRetries(subscriber, partition, services);
        _pauses = new Pauses(subscriber, services.Time);
        _rest = new CrowdRest(subscriber, services);
        _start = new FirstStart(subscriber, partition, services);
        services.Metrics.Add(this);
        _loop = RunAsync(_stop.Token);
    }

    public string Subscriber => _subscriber.Name;

    public int Partition { get; }

    /// <summary>The last position whose effect is durable, as far as it is known here.</summary>
    public long? Position => _place?.Position;

    /// <summary>It never started in this partition, and can't yet or is taking a picture.</summary>
    public bool IsUnstarted { get; private set; }

    /// <summary>How it gets on.</summary>
    public DeliveryProgress Progress { get; }

    /// <summary>Events that were written to the log, by rising positions without gaps. Those that are known or come too early are left to the log.</summary>
    public void Offer(IReadOnlyList<EventRecord> events)
    {
        _pending.Offer(events);
        _news.Raise();
    }

    /// <summary>Looks at the store and the log again: something may have changed that nobody told.</summary>
    public void Wake()
    {
        _isStale = true;
        _pending.ExpectMore();
        _news.Raise();
        _woken.Raise();
    }

    /// <summary>
    /// Waits until the event at a position is handled, and reads the log at once for that; with position 0 until the subscriber has started here. The store is
    /// asked for dead letters, so that what was passed over doesn't count as handled, whoever passed over it.
    /// </summary>
    /// <returns>False: it is a dead letter.</returns>
    /// <exception cref="OperationCanceledException">It is not handled yet.</exception>
    public async Task<bool> ConfirmAsync(long position, CancellationToken cancellation)
    {
        using var until = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _stop.Token);
        for (var asked = false; ;)
        {
            var moved = _moved.Next;
            if (Position >= position) return position == 0 || !await IsDeadAsync(position, _stop.Token);
            if (!asked)
            {
                asked = true;
                _pending.ExpectMore();
                _news.Raise();
            }

            await moved.WaitAsync(until.Token);
        }
    }

    /// <summary>Tries a dead letter again; when that succeeds it is removed.</summary>
    /// <returns>Null: it has succeeded; otherwise what it failed with.</returns>
    public Task<string?> RedriveAsync(long position)
    {
        var result = _retries.Add(position);
        _news.Raise();
        _woken.Raise();
        return result;
    }

    /// <summary>Stops; what the handler is doing is cancelled and waited for.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _retries.Cancel();
        _services.Metrics.Remove(this);
        _stop.Dispose();
    }

    private async Task RunAsync(CancellationToken stop)
    {
        // What made it goes on first.
        await Task.Yield();
        while (!stop.IsCancellationRequested)
        {
            var news = _news.Next;
            try
            {
                if (!await StepAsync(stop)) await news.WaitAsync(stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                if (failure is HandlerUnavailableException) Log.SnapshotFailed(_services.Logger, failure, Subscriber, Partition);
                else if (failure is LogShortenedException) Log.LogShortened(_services.Logger, Subscriber, Partition, failure.Message);
                else Log.StoreFailed(_services.Logger, failure, Subscriber, Partition);
                Progress.Failed(failure);
                _isStale = true;
                _pending.ExpectMore();
                await _pauses.WaitAsync(stop);
            }
        }
    }

    /// <summary>One round; false: there is nothing to do until something happens.</summary>
    private async Task<bool> StepAsync(CancellationToken stop)
    {
        var woken = _woken.Next;
        var place = await PlaceAsync(stop);
        if (await _retries.RunAsync(stop)) return true;
        if (place.State == SubscriberState.Paused) return await StandAsync(place, stop);
        var started = _services.Time.GetTimestamp();
        var events = await _pending.TakeAsync(
            place.Position, place.Position < _aloneUntil ? 1 : _subscriber.BatchSize, ReadAsync, stop);
        if (events.Count == 0) return false;
        Progress.Oldest = events[0].Event.At;
        if (events[0].Position != place.Position + 1)
            throw new LogShortenedException($"it is at position {place.Position}, and the log begins with {events[0].Position}; move it with 'rewind'");
        if (await TryAsync(events, stop) is { } failure) await FailedAsync(events, failure, stop);
        else await AdvanceAsync(events, null);
        await _rest.TakeAsync(_services.Time.GetElapsedTime(started), events[^1].Event.At, woken, stop);
        if (place.Position >= _aloneUntil && events.Count < _subscriber.BatchSize && _subscriber.Rest > TimeSpan.Zero)
            await Task.Delay(_subscriber.Rest, _services.Time, stop);
        return true;
    }

    /// <summary>Nothing is taken, so how old the first event is that waits is looked up.</summary>
    private async Task<bool> StandAsync(SubscriberPosition place, CancellationToken stop)
    {
        Progress.Oldest ??= await OldestAsync(place.Position, stop);
        return false;
    }

    private async Task<DateTimeOffset?> OldestAsync(long after, CancellationToken stop) =>
        await _services.Log.ReadAsync(Partition, after, 1, stop) is [var first, ..] ? first.Event.At : null;

    private Task<IReadOnlyList<EventRecord>> ReadAsync(long after, CancellationToken stop) =>
        _services.Log.ReadAsync(Partition, after, _subscriber.BatchSize, stop);

    private async Task<SubscriberPosition> PlaceAsync(CancellationToken stop)
    {
        if (_place is { } known && !_isStale) return known;
        _isStale = false;
        var place = await _services.Store.FindSubscriberAsync(Subscriber, Partition, stop)
            ?? await StartAsync(stop);
        if (_subscriber.Handler is IPlacedHandler handler) place = await handler.BringBackAsync(_services.Store, place, stop);
        if (_place is not null && place.Position != _place.Position) _start.Forget();
        if (place.Position != _place?.Position)
        {
            Progress.Moved();
            (_aloneUntil, _attempts) = (0, 0);
        }

        (_place, IsUnstarted) = (place, false);
        _moved.Raise();
        return place;
    }

    private async Task<SubscriberPosition> StartAsync(CancellationToken stop)
    {
        (IsUnstarted, Progress.Oldest) = (true, await OldestAsync(0, stop));
        return await _services.Store.StartSubscriberAsync(Subscriber, Partition, await _start.FindAsync(stop), stop);
    }

    private async Task<bool> IsDeadAsync(long position, CancellationToken cancellation) =>
        await _services.Store.ReadDeadLettersAsync(Subscriber, Partition, position - 1, 1, cancellation) is [var dead, ..] && dead.Position == position;

    private async Task<Exception?> TryAsync(IReadOnlyList<EventRecord> events, CancellationToken stop)
    {
        var handler = _subscriber.Handler;
        var wanted = handler.Types is { } types ? [.. events.Where(e => types.Contains(e.Event.Type))] : events;
        if (wanted.Any(_start.Has)) wanted = [.. wanted.Where(e => !_start.Has(e))];
        if (wanted.Count == 0) return null;
        try
        {
            await handler.HandleAsync(new EventBatch(wanted, redriven: false, _services.Contents, handler.Interests), stop);
            return null;
        }
        catch (Exception failure) when (!stop.IsCancellationRequested)
        {
            _services.Metrics.Failed(Subscriber);
            return failure;
        }
    }

    private async Task FailedAsync(IReadOnlyList<EventRecord> events, Exception failure, CancellationToken stop)
    {
        Log.HandlerFailed(_services.Logger, failure, Subscriber, Partition, events[0].Position, events[^1].Position);
        Progress.Failed(failure);

        // A store that is away is no fault of the event either.
        if (failure is HandlerUnavailableException or StoreUnavailableException)
        {
            _pending.GiveBack(events);
            await _pauses.WaitAsync(stop, (failure as HandlerUnavailableException)?.RetryAfter);
            return;
        }

        if (events.Count > 1)
        {
            _pending.GiveBack(events);
            (_aloneUntil, _attempts) = (events[^1].Position, 0);
            return;
        }

        if (++_attempts < _subscriber.MaxAttempts)
        {
            _aloneUntil = Math.Max(_aloneUntil, events[0].Position);
            _pending.GiveBack(events);
            await _pauses.WaitAsync(stop);
            return;
        }

        var dead = new DeadLetter(Subscriber, Partition, events[0].Position, FailureText.Of(failure), _attempts, _services.Time.GetUtcNow());
        await AdvanceAsync(events, dead);
    }

    /// <summary>Not cancelled: the effect is there, so the position had better move.</summary>
    private async Task AdvanceAsync(IReadOnlyList<EventRecord> events, DeadLetter? dead)
    {
        var (place, last) = (_place!, events[^1]);
        var outcome = await _services.Store.AdvanceAsync(
            new SubscriberAdvance(Subscriber, Partition, place.Position, last.Position, dead), CancellationToken.None);
        _attempts = 0;
        Progress.Succeeded();
        if (outcome == AdvanceOutcome.Elsewhere)
        {
            Log.FoundElsewhere(_services.Logger, Subscriber, Partition, place.Position);
            _isStale = true;
            _pending.ExpectMore();
            return;
        }

        _place = place with { Position = last.Position };
        Progress.Advanced(dead is null ? events.Count : 0, last.Event.At);
        _moved.Raise();
        _pauses.Reset();
        if (dead is null) _services.Metrics.Handled(Subscriber, events.Count);
        else GaveUp(dead);
    }

    private void GaveUp(DeadLetter dead)
    {
        _services.Metrics.Died(Subscriber);
        Log.DeadLetter(_services.Logger, Subscriber, Partition, dead.Position, dead.Attempts, dead.Error);
    }
}
