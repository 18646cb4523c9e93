using MailGrains.Evidence.TimeStamps;
using Microsoft.Extensions.Logging;

namespace MailGrains.Evidence.Signing;

/// <summary>Signs again and again. Where several nodes do this, one of them signs when the time has come. Not for several threads.</summary>
/// <param name="stamper">Null: no time stamps.</param>
/// <param name="every">From one checkpoint to the next.</param>
public sealed class CheckpointRounds(LogSigner signer, TimeStamper? stamper, TimeSpan every, TimeProvider time, ILogger<CheckpointRounds> logger)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private DateTimeOffset _tried = DateTimeOffset.MinValue;

    /// <summary>From one round to the next: often enough to try time stamps again.</summary>
    public TimeSpan Period => every < Longest ? every : Longest;

    /// <summary>
    /// (1) Signs when the last checkpoint is old enough and something has come since, (2) gets a time stamp for the last checkpoint when it has none; those
    /// before it are covered by it. What fails is logged and tried again: by the next round, or, where the log is not what was signed, when the next checkpoint
    /// is due.
    /// </summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            // 1
            var now = time.GetUtcNow();
            var last = await signer.ReadLastAsync(cancellation);
            var isDue = (last is null || now - last.Head.Time >= every) && now - _tried >= every;
            if (isDue)
            {
                _tried = now;
                last = await signer.SignAsync(cancellation);
            }

            // 2
            if (stamper is not null && last is not null) await StampAsync(stamper, last, cancellation);
        }
        catch (LogBrokenException)
        {
            // The signer has told so.
        }
        catch (Exception failed) when (!cancellation.IsCancellationRequested)
        {
            _tried = DateTimeOffset.MinValue;
            Log.RoundFailed(logger, failed);
        }
    }

    private async Task StampAsync(TimeStamper from, SignedHead head, CancellationToken cancellation)
    {
        if (await signer.ReadStampAsync(head.Head.Number, cancellation) is not null) return;
        try
        {
            await signer.AddStampAsync(head.Head.Number, await from.StampAsync(head.Octets, cancellation), cancellation);
        }
        catch (Exception failed) when (!cancellation.IsCancellationRequested)
        {
            Log.NoTimeStamp(logger, failed, head.Head.Number);
        }
    }
}
