using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using MailGrains.Evidence.Export;
using MailGrains.Evidence.Merkle;
using MailGrains.Evidence.Notes;
using MailGrains.Evidence.Signing;
using MailGrains.Evidence.Tests.Verification;
using MailGrains.Model;
using MailGrains.Storage.Events;

namespace MailGrains.Evidence.Tests.Large;

/// <summary>
/// A log of any length that is made while it is read, once and in order: mailboxes take turns, every hundredth event is a message with a body of its own, and
/// there is a head for every tenth of it. Holds a hash for each mailbox.
/// </summary>
internal sealed class LargeLog(long events, int mailboxes) : IEventLog, ICheckpointSource, IExportBodies
{
    private const int Heads = 10;
    private const int BodyEvery = 100;

    private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<AccountId, (long Sequence, BlobId Hash)> _last = [];
    private readonly MerkleTree _tree = new();
    private long _position;
    private byte[] _body = [];

    public int Partitions => 1;

    public Task<IReadOnlyList<long>> ReadHeadAsync(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<long>>([events]);

    public Task<IReadOnlyList<EventRecord>> ReadAsync(int partition, long after, int limit, CancellationToken cancellation)
    {
        if (after != _position) throw new InvalidOperationException("It is read once, in order.");

        // One at a time, so that the body asked for is that of the event.
        return Task.FromResult<IReadOnlyList<EventRecord>>(_position == events ? [] : [Next()]);
    }

    public Task<IReadOnlyList<EventRecord>> ReadMailboxAsync(AccountId account, long after, int limit, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<EventRecord>>([]);

    /// <summary>None but those of the heads.</summary>
    public async IAsyncEnumerable<SignedNote> ReadAsync(int partition, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.Yield();
        yield break;
    }

    /// <summary>The same log is made a second time to sign it.</summary>
    public async IAsyncEnumerable<KeptHead> ReadHeadsAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.Yield();
        var again = new LargeLog(events, mailboxes);
        LogHead? last = null;
        for (var n = 1; n <= Heads; n++)
        {
            while (again._tree.Size < events * n / Heads) again.Next();
            var tree = new TreeHead(again._tree.Size, again._tree.Root());
            last = new LogHead(TestLog.Name, n, last?.Hash ?? default, Start.AddDays(n), [tree]);
            yield return new KeptHead(n, SignedHead.Of(last, TestKeys.Golden).Octets, null);
        }
    }

    public async ValueTask<string?> CopyAsync(BlobId blob, Stream destination, CancellationToken cancellation)
    {
        await destination.WriteAsync(_body, cancellation);
        return null;
    }

    private EventRecord Next()
    {
        var number = _position++;
        var account = new AccountId(new Guid((int)(number % mailboxes), 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 1));
        var isMessage = number % BodyEvery == 0;
        var members = ",\"client\":{\"protocol\":\"imap\",\"address\":\"192.0.2.17\",\"session\":\"0191a0b0-0000-7000-8000-00000000000c\"}";
        if (isMessage)
        {
            _body = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"Subject: number {number}\r\n\r\ntext\r\n"));
            members += $$""","messages":[{"uid":{{number + 1}},"blobId":"{{BlobId.Of(_body)}}"}]""";
        }

        var (sequence, previous) = _last.GetValueOrDefault(account);
        var at = Start.AddSeconds(number);
        var type = isMessage ? "MessageNew" : "FlagsSet";
        var timestamp = at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var payload = Encoding.UTF8.GetBytes(
            $$$"""{"type":"{{{type}}}","version":1,"timestamp":"{{{timestamp}}}","account":{"id":"{{{account.Value}}}"}{{{members}}}}""");
        var hash = EventHash.Compute(previous, account, sequence + 1, at, type, payload);
        _last[account] = (sequence + 1, hash);
        _tree.Append(TreeHash.Leaf(hash));
        return new EventRecord(0, _position, account, new EventWrite(sequence + 1, type, at, previous, hash, payload));
    }
}
