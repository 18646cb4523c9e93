using System.Collections.Concurrent;

namespace MailGrains.Subscribers.Delivery;

/// <summary>Dead letters that somebody wants tried again, handled by the delivery's own loop so that the handler has one call at a time.</summary>
internal sealed class DeadLetterRetries(Subscriber subscriber, int partition, SubscriberServices services)
{
    private readonly ConcurrentQueue<(long Position, TaskCompletionSource<string?> Done)> _wanted = [];

    public Task<string?> Add(long position)
    {
        var done = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        _wanted.Enqueue((position, done));
        return done.Task;
    }

    public void Cancel()
    {
        while (_wanted.TryDequeue(out var next)) next.Done.TrySetResult("The subscriber moves to another node; try again.");
    }

    /// <summary>Tries the next one; false: there is none.</summary>
    public async Task<bool> RunAsync(CancellationToken stop)
    {
        if (!_wanted.TryDequeue(out var next)) return false;
        try
        {
            next.Done.SetResult(await RetryAsync(next.Position, stop));
        }
        catch (Exception failure)
        {
            next.Done.SetResult(FailureText.Of(failure));
        }

        return true;
    }

    private async Task<string?> RetryAsync(long position, CancellationToken stop)
    {
        if (await services.Store.ReadDeadLettersAsync(subscriber.Name, partition, position - 1, 1, stop) is not [var dead] || dead.Position != position)
            return "There is no such dead letter.";
        if (await services.Log.ReadAsync(partition, position - 1, 1, stop) is not [var record] || record.Position != position)
            return "The event is not in the log any more.";
        await subscriber.Handler.HandleAsync(new EventBatch([record], redriven: true, services.Contents, subscriber.Handler.Interests), stop);
        await services.Store.RemoveDeadLetterAsync(subscriber.Name, partition, position, CancellationToken.None);
        services.Metrics.Handled(subscriber.Name, 1);
        return null;
    }
}
