using System.Globalization;
using System.Text;
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
    RetentionPass pass, PurgesToTell purges, IEnumerable<PurgedTexts> texts, TimeProvider time, ILogger<RetentionGrain> logger)
    : Grain, IRetentionGrain
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private bool _isRunning;

    public async Task RunAsync()
    {
        if (_isRunning) return;
        _isRunning = true;
        try
        {
            await PurgeAsync();
            await ForgetAsync();
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

            // Also what an earlier run, here or elsewhere, has purged and not told.
            await purges.TellAsync(async purge => time.GetElapsedTime(started) < Longest && await TellAsync(purge), CancellationToken.None);
        }
        while (report.Outcome == PurgeOutcome.More && time.GetElapsedTime(started) < Longest);
        if (report.Outcome is PurgeOutcome.ClockNotTrusted or PurgeOutcome.RecordsBehind) Log.RetentionWaits(logger, report.Outcome);
    }

    /// <summary>The log says what is not kept any more; however often it is told, once.</summary>
    private async Task<bool> TellAsync(NotedPurge purge)
    {
        var before = purge.LeftBefore.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
        try
        {
            await GrainFactory.GetGrain<IMailboxGrain>(purge.Account.Value).RecordAsync(new AccountEvent
            {
                Type = AccountEventType.RetentionExpired,
                Origin = TurnOrigin.Administration,
                Operation = BlobId.Of(Encoding.UTF8.GetBytes($"retention {purge.Number} {purge.Account} {purge.Messages} {before}")),
                Details = EventDetails.None.With("messages", purge.Messages).With("before", before),
            });
            return true;
        }
        catch (Exception failure)
        {
            Log.PurgeNotTold(logger, failure, purge.Account, purge.Messages);
            return false;
        }
    }

    /// <summary>
    /// The text of a message must not outlive the message. What is left of earlier runs goes too. Without a full-text index it stays noted: the index may be
    /// switched on again, and has the text then.
    /// </summary>
    private async Task ForgetAsync()
    {
        if (texts.FirstOrDefault() is not { } purged) return;
        var started = time.GetTimestamp();
        TextsRemoved? done;
        do
        {
            done = await purged.NextAsync(CancellationToken.None);
            if (done is null) Log.TextsStay(logger);
            else if (done.CameBack > 0) Log.TextLost(logger, done.CameBack);
        }
        while (done is { IsOver: false } && time.GetElapsedTime(started) < Longest);
    }
}
