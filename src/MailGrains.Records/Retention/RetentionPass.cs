using MailGrains.Model;
using MailGrains.Storage.Records;

namespace MailGrains.Records.Retention;

/// <summary>
/// Takes entries out of the records whose times are over, slice by slice. One at a time in all processes. An entry goes when
/// <list type="number">
/// <item>the clock is trusted,</item>
/// <item>the records have caught up with the log, in which there could be a hold,</item>
/// <item>the first rule that matches says that both its times are over; where that depends on the classes of its message, which nobody has looked for yet, the
/// message is read, once, and its classes are kept beside the entry,</item>
/// <item>no hold is on its mailbox by the records, in the transaction that removes it. Whoever applies a hold waits until the records know it.</item>
/// </list>
/// </summary>
public sealed class RetentionPass(
    RetentionPolicy policy, IRetentionStore store, IRetentionAccounts accounts, IMessageClasses classes, RecordsLag lag, RetentionClock clock)
{
    private (DateTimeOffset Left, long Number) _after = (DateTimeOffset.UnixEpoch, 0);

    /// <summary>Entries looked at in a slice.</summary>
    public int SliceSize { get; init; } = 500;

    /// <summary>Octets of messages that are read in a slice; one that is larger is read alone. The slice ends there.</summary>
    public long MostRead { get; init; } = 64 << 20;

    /// <summary>How long the records are waited for.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Purges what can go of the next slice. To be called every few minutes also when there is nothing to purge: it looks at the clock.</summary>
    public async Task<PurgeReport> NextAsync(CancellationToken cancellation)
    {
        if (await clock.LookAsync(cancellation) is not { } now) return PurgeReport.Nothing(PurgeOutcome.ClockNotTrusted);
        if (policy.IsEmpty) return PurgeReport.Nothing(PurgeOutcome.NoRules);
        if (policy.ShortestUndelete >= now - DateTimeOffset.UnixEpoch) return PurgeReport.Nothing(PurgeOutcome.Done);
        if (!await lag.HasCaughtUpAsync(Patience, cancellation)) return PurgeReport.Nothing(PurgeOutcome.RecordsBehind);

        var slice = await store.ReadLeftAsync(now - policy.ShortestUndelete, _after, SliceSize, cancellation);
        var (over, looked) = await OverAsync(slice, now, cancellation);
        var purged = over.Count == 0 ? [] : await store.PurgeAsync(over, cancellation);
        var more = looked == SliceSize || looked < slice.Count;
        _after = more ? (slice[looked - 1].Left, slice[looked - 1].Number) : (DateTimeOffset.UnixEpoch, 0);
        return new PurgeReport(
            more ? PurgeOutcome.More : PurgeOutcome.Done,
            purged.GroupBy(p => p.Account).ToDictionary(g => g.Key, g => g.Count()));
    }

    /// <returns>What can go of the first entries of the slice, and how many those are.</returns>
    private async Task<(List<long> Over, int Looked)> OverAsync(IReadOnlyList<LeftEntry> slice, DateTimeOffset now, CancellationToken cancellation)
    {
        var (over, found) = (new List<long>(), new List<ClassedEntry>());
        var owners = new Dictionary<AccountId, RetentionAccount?>();
        var (looked, read) = (0, 0L);
        foreach (var entry in slice)
        {
            if (!owners.TryGetValue(entry.Account, out var owner)) owners[entry.Account] = owner = await accounts.FindAsync(entry.Account, cancellation);
            var isOver = policy.IsOver(entry, owner, now);
            if (isOver is null)
            {
                if (read > 0 && read + entry.Size > MostRead) break;
                read += entry.Size;
                if (await classes.FindAsync(entry.Blob, cancellation) is { } known)
                {
                    found.Add(new ClassedEntry(entry.Number, known));
                    isOver = policy.IsOver(entry with { Classes = known }, owner, now);
                }
            }

            if (isOver is true) over.Add(entry.Number);
            looked++;
        }

        if (found.Count > 0) await store.WriteClassesAsync(found, cancellation);
        return (over, looked);
    }
}
