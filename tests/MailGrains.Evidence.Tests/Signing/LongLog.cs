using MailGrains.Evidence.Tests.Verification;
using MailGrains.Model;
using MailGrains.Storage.Events;

namespace MailGrains.Evidence.Tests.Signing;

/// <summary>One partition with one mailbox and as many events as are wanted; counts what is read.</summary>
internal sealed class LongLog : IEventLog
{
    private static readonly AccountId Account = new(new Guid("0191a0b0-0000-7000-8000-000000000001"));
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    public LongLog(int events) => Grow(events);

    public int Partitions => 1;

    public List<EventRecord> Events { get; } = [];

    public long EventsRead { get; set; }

    public void Grow(int events, string type = "Login")
    {
        for (var i = 0; i < events; i++)
            Events.Add(TestLog.Make(0, Events.Count + 1, Account, Events.LastOrDefault(), Start.AddSeconds(Events.Count), type, ""));
    }

    public Task<IReadOnlyList<long>> ReadHeadAsync(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<long>>([Events.Count]);

    public Task<IReadOnlyList<EventRecord>> ReadAsync(int partition, long after, int limit, CancellationToken cancellation)
    {
        var page = Events.GetRange((int)Math.Min(after, Events.Count), (int)Math.Clamp(Events.Count - after, 0, limit));
        EventsRead += page.Count;
        return Task.FromResult<IReadOnlyList<EventRecord>>(page);
    }

    public Task<IReadOnlyList<EventRecord>> ReadMailboxAsync(AccountId account, long after, int limit, CancellationToken cancellation) =>
        account == Account ? ReadAsync(0, after, limit, cancellation) : Task.FromResult<IReadOnlyList<EventRecord>>([]);
}
