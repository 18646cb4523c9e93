using System.Text;
using MailGrains.Evidence.Signing;
using MailGrains.Model;
using MailGrains.Storage.Events;

namespace MailGrains.Tampering.Tests.Engines;

/// <summary>What the log has, so that somebody can choose what to change.</summary>
/// <param name="Events">By partition, in order of position.</param>
/// <param name="Heads">Everything that was signed.</param>
internal sealed record LogFacts(IReadOnlyList<IReadOnlyList<EventRecord>> Events, IReadOnlyList<LogHead> Heads)
{
    private const int Page = 1000;

    /// <summary>The partition with the only event that came after everything was signed. It has more than a tile of the tree has.</summary>
    public int Partition { get; } = Enumerable.Range(0, Events.Count).Single(partition => Events[partition].Count > Heads[^1].Partitions[partition].Size);

    public IReadOnlyList<EventRecord> All => Events[Partition];

    public long Signed => Heads[^1].Partitions[Partition].Size;

    /// <summary>The one that is not signed.</summary>
    public EventRecord Tail => All[^1];

    /// <summary>The arrival of a message that is still there; others of its mailbox follow, and it was signed twice.</summary>
    public EventRecord Arrival => All.First(e => e.Event.Type == "MessageNew" && e.Account != Tail.Account);

    /// <summary>Another arrival in the same mailbox, of a message that has been moved since, and is still there.</summary>
    public EventRecord Filed => All.Where(e => e.Event.Type == "MessageNew" && e.Account == Arrival.Account).ElementAt(1);

    /// <summary>The body of that.</summary>
    public BlobId Body => EventBodies.Of(Filed.Event)[0];

    /// <summary>A body of another message that is still there.</summary>
    public BlobId OtherBody => EventBodies.Of(Tail.Event)[0];

    /// <summary>Another partition with signed events.</summary>
    public int OtherPartition => Enumerable.Range(0, Events.Count).First(partition => partition != Partition && Events[partition].Count > 0);

    /// <summary>Whose mailbox an address is.</summary>
    public AccountId AccountOf(string address)
    {
        var recipient = Encoding.UTF8.GetBytes($"\"recipient\":\"{address}\"");
        return Events.SelectMany(e => e).First(e => e.Event.Type == "MessageNew" && e.Event.Payload.Span.IndexOf(recipient) >= 0).Account;
    }

    /// <summary>The events of a mailbox.</summary>
    public IEnumerable<EventRecord> Of(AccountId account) => Events.SelectMany(e => e).Where(e => e.Account == account);

    /// <summary>How the programs say where an event is.</summary>
    public static string Place(EventRecord record) => $"partition {record.Partition}, position {record.Position}, mailbox";

    /// <summary>How they say it when only the tree tells that something in a partition was changed.</summary>
    public string Between(long position)
    {
        var sizes = Heads.Select(h => h.Partitions[Partition].Size).Distinct().Order().ToList();
        return $"the change is in positions {sizes.Where(s => s < position).Append(0).Max() + 1} to {sizes.First(s => s >= position)}";
    }

    public static async Task<LogFacts> ReadAsync(DatabaseCopy copy)
    {
        await using var store = await copy.OpenAsync();
        using var signer = Inspection.Signer(copy, store);
        var heads = new List<LogHead>();
        await foreach (var kept in signer.ReadHeadsAsync(CancellationToken.None))
            if (SignedHead.TryParse(kept.Octets, signer.Key, out var head)) heads.Add(head.Head);
        var events = new List<IReadOnlyList<EventRecord>>();
        for (var partition = 0; partition < store.Log.Partitions; partition++)
        {
            var all = new List<EventRecord>();
            while (await store.Log.ReadAsync(partition, all.Count, Page, CancellationToken.None) is { Count: > 0 } page) all.AddRange(page);
            events.Add(all);
        }

        return new LogFacts(events, heads);
    }
}
