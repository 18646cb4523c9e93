using MailGrains.Model;
using MailGrains.Storage.Events;
using MailGrains.Storage.Records;

namespace MailGrains.Storage.InMemory;

/// <summary>The records as plain as the contract allows. Nothing is durable beyond the object's life. For tests.</summary>
public sealed partial class InMemoryRecordStore : IRecordStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Subscriber, int Partition), RecordPosition> _progress = [];
    private readonly Dictionary<AccountId, InMemoryRecord> _mailboxes = [];
    private readonly Dictionary<BlobId, long> _noted = [];
    private readonly List<NotedPurge> _purges = [];
    private long _lastEntry;
    private long _lastNote;
    private ClockState? _clock;

    public Task<long> ReadProgressAsync(string subscriber, int partition, CancellationToken cancellation) =>
        Locked(() => _progress.GetValueOrDefault((subscriber, partition)).Position);

    public Task<IReadOnlyList<RecordPosition>> ListProgressAsync(string subscriber, CancellationToken cancellation) => Locked<IReadOnlyList<RecordPosition>>(
        () => [.. _progress.Where(p => p.Key.Subscriber == subscriber).Select(p => p.Value).OrderBy(p => p.Partition)]);

    public Task<bool> ApplyAsync(RecordBatch batch, CancellationToken cancellation) => Locked(
        () =>
        {
            var key = (batch.Subscriber, batch.Partition);
            if (_progress.GetValueOrDefault(key).Position != batch.From) return false;
            foreach (var happened in batch.Events) Apply(happened);
            _progress[key] = new RecordPosition(batch.Partition, batch.To, batch.Hash);
            return true;
        });

    public Task<IReadOnlySet<BlobId>> FindReferredAsync(IReadOnlyList<BlobId> bodies, CancellationToken cancellation) => Locked<IReadOnlySet<BlobId>>(
        () =>
        {
            var asked = bodies.ToHashSet();
            return _mailboxes.Values.SelectMany(m => m.Entries).Select(e => e.Blob).Where(asked.Contains).ToHashSet();
        });

    public Task<IReadOnlyList<LeftEntry>> ReadLeftAsync(
        DateTimeOffset before, (DateTimeOffset Left, long Number) after, int limit, CancellationToken cancellation) => Locked<IReadOnlyList<LeftEntry>>(
        () =>
        [
            .. _mailboxes.Values
                .SelectMany(m => m.Entries.Where(e => e.Until is not null).Select(m.Left))
                .Where(e => e.Left <= ToMicrosecond(before) && (e.Left, e.Number).CompareTo((ToMicrosecond(after.Left), after.Number)) > 0)
                .OrderBy(e => (e.Left, e.Number))
                .Take(limit),
        ]);

    public Task WriteClassesAsync(IReadOnlyList<ClassedEntry> entries, CancellationToken cancellation) => Locked(
        () =>
        {
            foreach (var (number, classes) in entries)
                foreach (var mailbox in _mailboxes.Values.Where(m => m.Entries.Exists(e => e.Number == number))) mailbox.Classes[number] = classes;
            return true;
        });

    public Task<IReadOnlyList<PurgedEntry>> PurgeAsync(IReadOnlyList<long> entries, CancellationToken cancellation) => Locked<IReadOnlyList<PurgedEntry>>(
        () =>
        {
            var asked = entries.ToHashSet();
            List<PurgedEntry> purged = [.. _mailboxes.Values.Where(m => !m.IsKept).SelectMany(m => m.Purge(asked)).OrderBy(e => e.Number)];
            foreach (var entry in purged) _noted[entry.Blob] = ++_lastNote;
            foreach (var mailbox in purged.GroupBy(e => e.Account))
                _purges.Add(new NotedPurge(++_lastNote, mailbox.Key, mailbox.Count(), mailbox.Max(e => e.Left)));
            return purged;
        });

    public Task<IReadOnlyList<NotedBody>> ReadNotedAsync(int limit, CancellationToken cancellation) =>
        Locked<IReadOnlyList<NotedBody>>(() => [.. _noted.Take(limit).Select(n => new NotedBody(n.Key, n.Value))]);

    public Task StrikeOutAsync(IReadOnlyList<NotedBody> bodies, CancellationToken cancellation) => Locked(
        () =>
        {
            foreach (var body in bodies)
                if (_noted.GetValueOrDefault(body.Blob) == body.Note) _noted.Remove(body.Blob);
            return true;
        });

    public Task<IReadOnlyList<NotedPurge>> ReadPurgesAsync(long after, int limit, CancellationToken cancellation) =>
        Locked<IReadOnlyList<NotedPurge>>(() => [.. _purges.Where(p => p.Number > after).Take(limit)]);

    public Task StrikeOutPurgesAsync(IReadOnlyList<NotedPurge> purges, CancellationToken cancellation) => Locked(() => _purges.RemoveAll(purges.Contains));

    public Task<ClockState?> ReadClockAsync(CancellationToken cancellation) => Locked(() => _clock);

    public Task WriteClockAsync(ClockState state, CancellationToken cancellation) =>
        Locked(() => _clock = state with { Wall = ToMicrosecond(state.Wall) });

    internal static DateTimeOffset ToMicrosecond(DateTimeOffset at) =>
        DateTimeOffset.UnixEpoch.AddTicks(EventHash.Microseconds(at) * TimeSpan.TicksPerMicrosecond);

    private void Apply(RecordedEvent happened)
    {
        if (!_mailboxes.TryGetValue(happened.Account, out var mailbox))
            _mailboxes[happened.Account] = mailbox = new InMemoryRecord(happened.Account, () => ++_lastEntry);
        mailbox.Apply(happened);
    }

    private Task<T> Locked<T>(Func<T> work)
    {
        lock (_lock)
        {
            return Task.FromResult(work());
        }
    }
}
