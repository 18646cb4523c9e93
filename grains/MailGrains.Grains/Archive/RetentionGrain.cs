using System.Globalization;
using MailGrains.Grains.Cluster;
using MailGrains.Grains.Contracts.Archive;
using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Grains.Mailboxes.Turns;
using MailGrains.Model;
using MailGrains.Records;
using MailGrains.Records.Retention;
using MailGrains.Storage.Records;
using Microsoft.Extensions.Logging;

namespace MailGrains.Grains.Archive;

/// <inheritdoc cref="IRetentionGrain"/>
[NotOnDrainingNodes]
internal sealed class RetentionGrain(
    RetentionPass pass, RecordsLag lag, IRetentionStore records, IEnumerable<IContentIndex> indexes, TimeProvider time, ILogger<RetentionGrain> logger)
    : Grain, IRetentionGrain
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private bool _isRunning;

    public async Task RunAsync()
    {
        if (_isRunning) return;
        _isRunning = true;
        try
        {
            await PurgeAsync();
        }
        finally
        {
            _isRunning = false;
        }
    }

    private async Task PurgeAsync()
    {
        var started = time.GetTimestamp();
        PurgeReport report;
        do
        {
            report = await pass.NextAsync(CancellationToken.None);
            if (report.Bodies.Count > 0) await ForgetAsync(report.Bodies);
            foreach (var (account, count) in report.Purged) await TellAsync(account, count, report.LeftBefore);
        }
        while (report.Outcome == PurgeOutcome.More && time.GetElapsedTime(started) < Longest);
        if (report.Outcome is PurgeOutcome.ClockNotTrusted or PurgeOutcome.RecordsBehind) Log.RetentionWaits(logger, report.Outcome);
    }

    /// <summary>The log says what is not kept any more.</summary>
    private async Task TellAsync(AccountId account, int count, DateTimeOffset leftBefore)
    {
        try
        {
            await GrainFactory.GetGrain<IMailboxGrain>(account.Value).RecordAsync(new AccountEvent
            {
                Type = AccountEventType.RetentionExpired,
                Origin = TurnOrigin.Administration,
                Details = EventDetails.None.With("messages", count).With("before", leftBefore.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)),
            });
        }
        catch (Exception failure)
        {
            Log.PurgeNotTold(logger, failure, account, count);
        }
    }

    /// <summary>The text of a message must not outlive the message. One that came again meanwhile keeps it.</summary>
    private async Task ForgetAsync(IReadOnlyList<BlobId> bodies)
    {
        await lag.HasCaughtUpAsync(Patience, CancellationToken.None);
        var kept = await records.FindReferredAsync(bodies, CancellationToken.None);
        BlobId[] gone = [.. bodies.Where(b => !kept.Contains(b))];
        foreach (var index in indexes) await index.RemoveAsync(gone, CancellationToken.None);

        await lag.HasCaughtUpAsync(Patience, CancellationToken.None);
        var back = await records.FindReferredAsync(gone, CancellationToken.None);
        if (back.Count > 0) Log.TextLost(logger, back.Count);
    }
}
