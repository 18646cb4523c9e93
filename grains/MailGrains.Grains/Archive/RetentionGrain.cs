using System.Globalization;
using MailGrains.Grains.Cluster;
using MailGrains.Grains.Contracts.Archive;
using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Grains.Mailboxes.Turns;
using MailGrains.Model;
using MailGrains.Records.Retention;
using MailGrains.Storage.Records;
using Microsoft.Extensions.Logging;

namespace MailGrains.Grains.Archive;

/// <inheritdoc cref="IRetentionGrain"/>
[NotOnDrainingNodes]
internal sealed class RetentionGrain(
    RetentionPass pass, IRetentionStore records, IEnumerable<IContentIndex> indexes, TimeProvider time, ILogger<RetentionGrain> logger) : Grain, IRetentionGrain
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    public async Task RunAsync()
    {
        var started = time.GetTimestamp();
        PurgeReport report;
        do
        {
            report = await pass.NextAsync(CancellationToken.None);
            foreach (var (account, count) in report.Purged) await TellAsync(account, count, report.LeftBefore);
            if (report.Bodies.Count > 0) await ForgetAsync(report.Bodies);
        }
        while (report.Outcome == PurgeOutcome.More && time.GetElapsedTime(started) < Longest);
        if (report.Outcome is PurgeOutcome.ClockNotTrusted or PurgeOutcome.RecordsBehind) Log.RetentionWaits(logger, report.Outcome);
    }

    /// <summary>The log says what is not kept any more.</summary>
    private Task TellAsync(AccountId account, int count, DateTimeOffset leftBefore) => GrainFactory.GetGrain<IMailboxGrain>(account.Value).RecordAsync(new AccountEvent
    {
        Type = AccountEventType.RetentionExpired,
        Origin = TurnOrigin.Administration,
        Details = EventDetails.None.With("messages", count).With("before", leftBefore.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)),
    });

    /// <summary>The text of a message must not outlive the message.</summary>
    private async Task ForgetAsync(IReadOnlyList<BlobId> bodies)
    {
        var kept = await records.FindReferredAsync(bodies, CancellationToken.None);
        foreach (var index in indexes) await index.RemoveAsync([.. bodies.Where(b => !kept.Contains(b))], CancellationToken.None);
    }
}
