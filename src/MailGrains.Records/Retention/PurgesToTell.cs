using MailGrains.Storage.Records;

namespace MailGrains.Records.Retention;

/// <summary>
/// Has the logs of mailboxes say what was purged. Purges are noted in the transaction that purged, and struck out when they are told: who dies in between
/// tells them again, and no purge stays untold.
/// </summary>
public sealed class PurgesToTell(IRetentionStore store)
{
    /// <summary>Notes read at once.</summary>
    public int StepSize { get; init; } = 500;

    /// <summary>Tells all that are noted. One that can't be told now stays noted, and the others are told.</summary>
    /// <param name="tell">Returns true when it is durable in the log; the same purge may come again, with the same number.</param>
    public async Task TellAsync(Func<NotedPurge, Task<bool>> tell, CancellationToken cancellation)
    {
        IReadOnlyList<NotedPurge> page;
        var after = 0L;
        do
        {
            page = await store.ReadPurgesAsync(after, StepSize, cancellation);
            var told = new List<NotedPurge>();
            foreach (var purge in page)
                if (await tell(purge)) told.Add(purge);
            if (told.Count > 0) await store.StrikeOutPurgesAsync(told, cancellation);
            if (page.Count > 0) after = page[^1].Number;
        }
        while (page.Count == StepSize);
    }
}
