using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using MailGrains.Evidence.Export;
using MailGrains.Evidence.Merkle;
using MailGrains.Evidence.Notes;
using MailGrains.Evidence.Signing;
using MailGrains.Evidence.Tests.Merkle;
using MailGrains.Model;
using MailGrains.Storage.Events;
using Xunit;

namespace MailGrains.Evidence.Tests.Verification;

/// <summary>
/// A small log: six mailboxes that take turns in two partitions, every third event a message with its body, a checkpoint after every ten events
/// of a partition. Events can be changed before it is exported, as somebody with the database could.
/// </summary>
internal sealed class TestLog : IEventLog, ICheckpointSource, IExportBodies
{
    public const string Name = "mail.example/log";
    public const int EventsOfPartition = 30;

    private const int Mailboxes = 6;
    private const int CheckpointEvery = 10;

    private static readonly DateTimeOffset Start = new DateTimeOffset(2026, 3, 1, 12, 30, 15, TimeSpan.Zero).AddMicroseconds(123456);

    private readonly Dictionary<BlobId, byte[]> _bodies = [];

    public TestLog()
    {
        for (var number = 0; number < Partitions * EventsOfPartition; number++) Append(number);
    }

    public int Partitions => 2;

    /// <summary>By partition, in order of position.</summary>
    public List<EventRecord>[] Events { get; } = [[], []];

    /// <summary>By partition, up to where heads say that events are removed, as soon as they have as many.</summary>
    public long[] Removed { get; set; } = [];

    /// <summary>Why a body can't be had.</summary>
    public Dictionary<BlobId, string> Collected { get; } = [];

    public Receipt ReceiptOf(int partition, int position)
    {
        var record = Events[partition][position - 1];
        return new Receipt(record.Account, record.Event.Sequence, record.Event.Hash);
    }

    /// <summary>The first body of a partition.</summary>
    public BlobId BodyOf(int partition) => EventBodies.Of(Events[partition].First(e => e.Event.Type == "MessageNew").Event)[0];

    public static ExportOptions Options => new(Name, TestKeys.Golden.Verifier);

    /// <summary>By partition, how many more positions were given out than there are events.</summary>
    public long[] GivenOut { get; } = [0, 0];

    public Task<IReadOnlyList<long>> ReadHeadAsync(CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<long>>([.. Events.Zip(GivenOut, (events, more) => events.Count + more)]);

    public Task<ExportReport> ExportAsync(string folder, ExportOptions? options = null) =>
        new EvidenceExport(this, this, this, options ?? Options).WriteAsync(folder, TestContext.Current.CancellationToken);

    public TestTree TreeOf(int partition, int size)
    {
        var tree = new TestTree(0);
        foreach (var record in Events[partition].Take(size)) tree.Add(TreeHash.Leaf(record.Event.Hash));
        return tree;
    }

    public Checkpoint CheckpointOf(int partition, int size) => new(Checkpoint.OriginOf(Name, partition), size, TreeOf(partition, size).Tree.Root());

    public Task<IReadOnlyList<EventRecord>> ReadAsync(int partition, long after, int limit, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<EventRecord>>([.. Events[partition].Where(e => e.Position > after).Take(Math.Min(limit, 7))]);

    public Task<IReadOnlyList<EventRecord>> ReadMailboxAsync(AccountId account, long after, int limit, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<EventRecord>>(
            [.. Events.SelectMany(e => e).Where(e => e.Account == account && e.Event.Sequence > after).OrderBy(e => e.Event.Sequence).Take(limit)]);

    public async IAsyncEnumerable<SignedNote> ReadAsync(int partition, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.Yield();
        for (var size = CheckpointEvery; size <= Events[partition].Count; size += CheckpointEvery)
            yield return CheckpointOf(partition, size).Sign(TestKeys.Golden);
    }

    public async IAsyncEnumerable<KeptHead> ReadHeadsAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.Yield();
        LogHead? last = null;
        for (var size = CheckpointEvery; size <= Events.Max(events => events.Count); size += CheckpointEvery)
        {
            last = HeadOf(last, size);
            yield return new KeptHead(last.Number, SignedHead.Of(last, TestKeys.Golden).Octets, null);
        }
    }

    /// <summary>The head behind another, with so many events of each partition.</summary>
    public LogHead HeadOf(LogHead? last, int size, LogBreak? accepted = null) => new(
        Name,
        (last?.Number ?? 0) + 1,
        last?.Hash ?? default,
        Start.AddTicks(-(Start.Ticks % TimeSpan.TicksPerSecond)).AddHours((last?.Number ?? 0) + 1),
        [.. Enumerable.Range(0, Partitions).Select(partition => TreeOf(partition, size).Tree).Select(tree => new TreeHead(tree.Size, tree.Root()))],
        accepted)
    {
        Removed = size > Removed.Append(0).Max() ? Removed : [],
    };

    public async ValueTask<string?> CopyAsync(BlobId blob, Stream destination, CancellationToken cancellation)
    {
        if (Collected.TryGetValue(blob, out var reason)) return reason;
        await destination.WriteAsync(_bodies[blob], cancellation);
        return null;
    }

    /// <summary>An event that fits behind the mailbox's last.</summary>
    public static EventRecord Make(int partition, long position, AccountId account, EventRecord? last, DateTimeOffset at, string type, string members)
    {
        var sequence = (last?.Event.Sequence ?? 0) + 1;
        var previous = last?.Event.Hash ?? default;
        var timestamp = at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);
        var payload = Encoding.UTF8.GetBytes(
            $$$"""{"type":"{{{type}}}","version":1,"timestamp":"{{{timestamp}}}","account":{"id":"{{{account.Value}}}"}{{{members}}}}""");
        var hash = EventHash.Compute(previous, account, sequence, at, type, payload);
        return new EventRecord(partition, position, account, new EventWrite(sequence, type, at, previous, hash, payload));
    }

    private void Append(int number)
    {
        var mailbox = number % Mailboxes;
        var partition = mailbox % Partitions;
        var account = new AccountId(new Guid($"0191a0b0-0000-7000-8000-00000000000{mailbox}"));
        var events = Events[partition];
        var members = "";
        if (number % 3 == 0)
        {
            var body = Encoding.UTF8.GetBytes($"Subject: number {number}\r\n\r\ntext\r\n");
            _bodies.TryAdd(BlobId.Of(body), body);
            members = $$""","messages":[{"uid":{{number + 1}},"blobId":"{{BlobId.Of(body)}}"}]""";
        }

        var last = events.LastOrDefault(e => e.Account == account);
        events.Add(Make(partition, events.Count + 1, account, last, Start.AddSeconds(number), number % 3 == 0 ? "MessageNew" : "Login", members));
    }
}
