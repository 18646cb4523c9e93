using MailGrains.Model;
using MailGrains.Storage.Records;

namespace MailGrains.Records.Retention;

/// <summary>
/// Takes entries out of the records whose times are over, slice by slice. One at a time in all processes. An entry goes when
/// <list type="number">
/// <item>the clock is trusted,</item>
/// <item>the records have caught up with the log, in which there could be a hold,</item>
/// <item>the first rule that matches says that both its times are over,</item>
/// <item>no hold is on its mailbox by the records, in the transaction that removes it. Whoever applies a hold waits until the records know it.</item>
/// </list>
/// </summary>
public sealed class RetentionPass(
    RetentionPolicy policy, IRetentionStore store, IRetentionAccounts accounts, RecordsLag lag, RetentionClock clock)
{
    private (DateTimeOffset Left, long Number) _after = (DateTimeOffset.UnixEpoch, 0);

    /// <summary>Entries looked at in a slice.</summary>
    public int SliceSize { get; init; } = 500;

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
        var over = await OverAsync(slice, now, cancellation);
        var purged = over.Count == 0 ? [] : await store.PurgeAsync(over, cancellation);
        var more = slice.Count == SliceSize;
        _after = more ? (slice[^1].Left, slice[^1].Number) : (DateTimeOffset.UnixEpoch, 0);
        return new PurgeReport(
            more ? PurgeOutcome.More : PurgeOutcome.Done,
            purged.GroupBy(p => p.Account).ToDictionary(g => g.Key, g => g.Count()),
            slice.Count == 0 ? default : slice[^1].Left);
    }

    private async Task<List<long>> OverAsync(IReadOnlyList<LeftEntry> slice, DateTimeOffset now, CancellationToken cancellation)
    {
        var over = new List<long>();
        foreach (var mailbox in slice.GroupBy(e => e.Account))
        {
            var account = await accounts.FindAsync(mailbox.Key, cancellation);
            over.AddRange(mailbox.Where(e => policy.IsOver(e, account, now)).Select(e => e.Number));
        }

        return over;
    }
}
