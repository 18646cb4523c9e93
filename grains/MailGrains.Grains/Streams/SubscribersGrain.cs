using System.Collections.Immutable;
using MailGrains.Grains.Contracts.Subscribers;
using MailGrains.Storage.Events;
using MailGrains.Storage.Subscribers;
using MailGrains.Subscribers;
using Orleans.Concurrency;

namespace MailGrains.Grains.Streams;

/// <inheritdoc cref="ISubscribersGrain"/>
[StatelessWorker]
internal sealed class SubscribersGrain(IEventLog log, ISubscriberStore store, SubscriberSet configured, TimeProvider time) : Grain, ISubscribersGrain
{
    private const int MostDeadLetters = 1000;

    public async Task<ImmutableArray<SubscriberStatus>> ListAsync() => (await ReadAsync()).Started;

    public async Task<ImmutableArray<SubscriberStatus>> ExplainAsync()
    {
        var (started, heads) = await ReadAsync();
        var known = started.Select(s => new SubscriberKey(s.Subscriber, s.Partition)).ToHashSet();
        var others = configured.SelectMany(s => Enumerable.Range(0, log.Partitions).Select(p => new SubscriberKey(s.Name, p))).Where(k => !known.Contains(k))
            .Select(k => new SubscriberStatus(k.Subscriber, k.Partition, 0, heads[k.Partition], Paused: false, Started: false));
        return [.. await Task.WhenAll(started.Concat(others).OrderBy(s => s.Subscriber, StringComparer.Ordinal).ThenBy(s => s.Partition).Select(ExplainAsync))];
    }

    public Task<bool> PauseAsync(string subscriber) => SetAsync(subscriber, SubscriberState.Paused);

    public Task<bool> ResumeAsync(string subscriber) => SetAsync(subscriber, SubscriberState.Running);

    public async Task<bool> RewindAsync(string subscriber, RewindTarget target)
    {
        var places = await PlacesAsync(subscriber);
        var heads = await log.ReadHeadAsync(CancellationToken.None);
        foreach (var place in places)
        {
            var position = await PositionAsync(place.Partition, heads[place.Partition], target);
            await store.MoveSubscriberAsync(subscriber, place.Partition, position, CancellationToken.None);
        }

        await NudgeAsync(places);
        return places.Count > 0;
    }

    public async Task<ForgetOutcome> ForgetAsync(string subscriber)
    {
        if (configured.Find(subscriber) is not null) return ForgetOutcome.Configured;
        return await store.ForgetSubscriberAsync(subscriber, CancellationToken.None) ? ForgetOutcome.Forgotten : ForgetOutcome.Unknown;
    }

    public async Task<ImmutableArray<DeadLetterStatus>> ListDeadLettersAsync(string subscriber)
    {
        var dead = new List<DeadLetter>();
        for (var partition = 0; partition < log.Partitions; partition++)
            dead.AddRange(await store.ReadDeadLettersAsync(subscriber, partition, 0, MostDeadLetters, CancellationToken.None));
        return [.. dead.Select(d => new DeadLetterStatus(d.Partition, d.Position, d.Attempts, d.At, d.Error))];
    }

    public Task<bool> RemoveDeadLetterAsync(string subscriber, int partition, long position) =>
        store.RemoveDeadLetterAsync(subscriber, partition, position, CancellationToken.None);

    private async Task<(ImmutableArray<SubscriberStatus> Started, IReadOnlyList<long> Heads)> ReadAsync()
    {
        var subscribers = await store.ListSubscribersAsync(CancellationToken.None);

        // Behind the positions, so that none is beyond it.
        var heads = await log.ReadHeadAsync(CancellationToken.None);
        return (
            [.. subscribers.Select(s => new SubscriberStatus(s.Subscriber, s.Partition, s.Position, heads[s.Partition], s.State == SubscriberState.Paused))],
            heads);
    }

    private async Task<SubscriberStatus> ExplainAsync(SubscriberStatus status)
    {
        status = status with { LagSeconds = await LagAsync(status) };
        if (configured.Find(status.Subscriber) is null) return status with { Trouble = "It is not in the configuration." };
        try
        {
            var condition = await Grain(status.Subscriber, status.Partition).FindConditionAsync();
            var trouble = !status.Paused && (status.Position < status.Head || !status.Started) ? condition?.Trouble : null;
            return status with { Trouble = trouble, LastMinute = condition?.LastMinute, Failures = condition?.Failures };
        }
        catch (Exception failure) when (failure is OrleansException or TimeoutException)
        {
            return status with { Trouble = "It does not answer: the silo it was on may be gone." };
        }
    }

    private async Task<double> LagAsync(SubscriberStatus status) =>
        status.Position < status.Head && await log.ReadAsync(status.Partition, status.Position, 1, CancellationToken.None) is [var oldest, ..]
            ? Math.Max(0, (time.GetUtcNow() - oldest.Event.At).TotalSeconds)
            : 0;

    private async Task<bool> SetAsync(string subscriber, SubscriberState state)
    {
        if (!await store.SetSubscriberStateAsync(subscriber, state, CancellationToken.None)) return false;
        await NudgeAsync(await PlacesAsync(subscriber));
        return true;
    }

    private async Task<long> PositionAsync(int partition, long head, RewindTarget target) => target switch
    {
        { Position: { } position } => Math.Max(Math.Min(position, head), await log.BeforeFirstAsync(partition, CancellationToken.None)),
        { Time: { } time } => await log.FindBeforeAsync(partition, time, CancellationToken.None),
        { IsEnd: true } => head,
        _ => await log.BeforeFirstAsync(partition, CancellationToken.None),
    };

    private async Task<List<SubscriberPosition>> PlacesAsync(string subscriber) =>
        [.. (await store.ListSubscribersAsync(CancellationToken.None)).Where(s => s.Subscriber == subscriber)];

    private Task NudgeAsync(IEnumerable<SubscriberPosition> places) => Task.WhenAll(
        places.Select(p => Grain(p.Subscriber, p.Partition).NudgeAsync()));

    private ISubscriberGrain Grain(string subscriber, int partition) =>
        GrainFactory.GetGrain<ISubscriberGrain>(new SubscriberKey(subscriber, partition).ToString());
}
