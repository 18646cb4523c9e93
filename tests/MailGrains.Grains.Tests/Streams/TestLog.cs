using System.Text;
using MailGrains.Model;
using MailGrains.Storage.Commit;
using MailGrains.Storage.Events;
using MailGrains.Storage.InMemory;
using MailGrains.Storage.Mailboxes;

namespace MailGrains.Grains.Tests.Streams;

/// <summary>An in-memory log, and a mailbox in each partition that writes to it.</summary>
internal sealed class TestLog
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<int, (MailboxClaim Claim, long Sequence)> _mailboxes = [];

    public InMemoryMailboxStore Store { get; } = new(partitions: 2);

    /// <summary>When the event with this number of its mailbox is made.</summary>
    public static DateTimeOffset TimeOf(long sequence) => Start.AddMinutes(sequence);

    public async Task WriteAsync(int partition, int count = 1, string type = "MessageNew", ICommitter? committer = null)
    {
        if (!_mailboxes.TryGetValue(partition, out var mailbox)) mailbox = (await Store.ClaimAsync(AccountIn(partition), CancellationToken.None), 0);
        var events = Enumerable.Range(1, count).Select(i => Event(mailbox.Sequence + i, type)).ToArray();
        _mailboxes[partition] = mailbox with { Sequence = mailbox.Sequence + count };
        var (claim, _) = mailbox;
        var commit = new MailboxCommit { Account = claim.Account, Epoch = claim.Epoch, Head = claim.Head, Events = events };
        if (committer is null) Assert.Equal([CommitOutcome.Committed], await Store.CommitAsync([commit], CancellationToken.None));
        else await committer.CommitAsync(commit);
    }

    /// <summary>Removes the first events of a partition, though nobody has handled them.</summary>
    public Task<bool> CutAsync(int partition, long to) => new InMemoryEventRetention(Store, new InMemorySubscriberStore()).CutAsync(
        0, new LogStart(partition, to, DateTimeOffset.UnixEpoch, default), CancellationToken.None);

    public Task<IReadOnlyList<EventRecord>> ReadAsync(int partition, long after = 0, int limit = int.MaxValue) =>
        Store.ReadAsync(partition, after, limit, CancellationToken.None);

    private static EventWrite Event(long sequence, string type)
    {
        var payload = Encoding.UTF8.GetBytes($$"""{"id":"{{Guid.NewGuid()}}","type":"{{type}}","n":{{sequence}}}""");
        return new EventWrite(sequence, type, TimeOf(sequence), default, BlobId.Of(payload), payload);
    }

    private AccountId AccountIn(int partition)
    {
        while (true)
        {
            var account = new AccountId(Guid.NewGuid());
            if (EventPartition.Of(account, Store.Partitions) == partition) return account;
        }
    }
}
