using MailGrains.Subscribers;

namespace MailGrains.Outputs;

/// <summary>
/// Sends the parts of a picture of mailboxes. It is many requests, and one that failed as a whole would be sent from its first part again, so each is repeated
/// for a while.
/// </summary>
internal static class SnapshotRetries
{
    private const int MostAttempts = 10;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    /// <exception cref="HandlerUnavailableException">
    /// The target was away for long, or refuses it: nobody could begin without it, so it is waited for until somebody has a look.
    /// </exception>
    public static async Task SendAsync(Func<CancellationToken, Task> send, TimeProvider time, CancellationToken cancellation)
    {
        var pause = FirstPause;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await send(cancellation);
                return;
            }
            catch (HandlerUnavailableException away) when (attempt < MostAttempts)
            {
                var wait = away.RetryAfter is { } asked && asked > pause ? asked : pause;
                await Task.Delay(wait < LongestPause ? wait : LongestPause, time, cancellation);
                pause *= 2;
            }
            catch (EventRefusedException refused)
            {
                throw new HandlerUnavailableException($"The picture of the mailboxes was refused. {refused.Message}", refused);
            }
        }
    }
}
