using MailGrains.Model;
using MailGrains.Storage.Events;

namespace MailGrains.Grains.Tests.Records;

/// <summary>The events of one mailbox as a log of their own, so that tests that run beside it stay out.</summary>
internal sealed class OneMailboxLog(IEventLog log, AccountId account) : IEventLog
{
    public int Partitions => 1;

    public async Task<IReadOnlyList<long>> ReadHeadAsync(CancellationToken cancellation) =>
        [(await ReadAsync(0, 0, int.MaxValue, cancellation)).Count];

    public async Task<IReadOnlyList<EventRecord>> ReadAsync(int partition, long after, int limit, CancellationToken cancellation) =>
        [.. (await log.ReadMailboxAsync(account, after, limit, cancellation)).Select(e => e with { Partition = 0, Position = e.Event.Sequence })];

    public Task<IReadOnlyList<EventRecord>> ReadMailboxAsync(AccountId mailbox, long after, int limit, CancellationToken cancellation) =>
        log.ReadMailboxAsync(mailbox, after, limit, cancellation);
}
