using MailGrains.Storage.Commit;

namespace MailGrains.Subscribers.Delivery;

/// <summary>
/// While mail comes in a crowd, deliveries rest after each batch, so that all of this process together keep no more than a part of its processors busy. What
/// they leave is in the log; they take larger batches then, and catch up when the crowd is over.
/// </summary>
internal sealed class MailFirst(SubscriberServices services)
{
    /// <summary>Of the processors, for all deliveries together.</summary>
    private const double Part = 0.25;

    /// <summary>However long a batch took, the next follows after this time: no subscriber stands still.</summary>
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(1);

    /// <summary>The rest after a batch that took so long.</summary>
    public TimeSpan RestAfter(TimeSpan took)
    {
        if (services.Load is not { IsBusy: true }) return TimeSpan.Zero;
        var turns = services.Metrics.Deliveries / (Environment.ProcessorCount * Part);
        return TimeSpan.FromTicks((long)Math.Min(LongestRest.Ticks, took.Ticks * Math.Max(0, turns - 1)));
    }
}
