namespace MailGrains.Subscribers.Delivery;

/// <summary>The rests of a delivery while mail comes in a crowd (<see cref="MailFirst"/>).</summary>
internal sealed class CrowdRest(Subscriber subscriber, SubscriberServices services)
{
    /// <summary>How soon a rest ends when there is no crowd any more.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(250);

    /// <summary>Lets mail go first, until no more comes or somebody asks for something. Not when mail waits for this subscriber.</summary>
    /// <param name="took">What the batch took that was just handled.</param>
    /// <param name="at">When its last event was made.</param>
    /// <param name="woken">Completes when somebody asks for something.</param>
    public async Task TakeAsync(TimeSpan took, DateTimeOffset at, Task woken, CancellationToken stop)
    {
        if (services.MailFirst is not { } mail || subscriber.Blocking is not null) return;
        var left = mail.RestAfter(subscriber, services.Metrics.Subscribers, took, at);
        while (left > TimeSpan.Zero && mail.IsCrowded && !woken.IsCompleted)
        {
            var rest = left < LookAgain ? left : LookAgain;
            await woken.WaitAsync(rest, services.Time, stop)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            stop.ThrowIfCancellationRequested();
            services.Metrics.Rested(subscriber.Name, rest);
            left -= rest;
        }
    }
}
