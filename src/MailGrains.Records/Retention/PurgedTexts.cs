using MailGrains.Model;
using MailGrains.Storage.Events;
using MailGrains.Storage.Records;

namespace MailGrains.Records.Retention;

/// <summary>
/// Takes the text of purged messages out of the full-text index, some at a time. They were noted in the transaction that purged them, and are struck out when
/// this is done, so whoever dies in between puts it off and no more:
/// <list type="number">
/// <item>records and index have all that is in the log: an index that is behind would add the text later, and records would not know of a message that
/// came again;</item>
/// <item>the text of what no entry refers to any more is removed;</item>
/// <item>all are struck out, but for one that was noted again meanwhile: should two work at it at once, neither strikes out what it has not seen.</item>
/// </list>
/// </summary>
/// <param name="records">Of the records.</param>
/// <param name="texts">Of the index.</param>
public sealed class PurgedTexts(IRetentionStore store, IContentIndex index, RecordsLag records, LogLag texts)
{
    /// <summary>Messages looked at in a step.</summary>
    public int StepSize { get; init; } = 500;

    /// <summary>How long records and index are waited for.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(5);

    /// <returns>null: records or index are behind, so it has to wait.</returns>
    public async Task<TextsRemoved?> NextAsync(CancellationToken cancellation)
    {
        var noted = await store.ReadNotedAsync(StepSize, cancellation);
        if (noted.Count == 0) return new TextsRemoved(0, 0, IsOver: true);

        // 1.
        if (!await texts.HasCaughtUpAsync(Patience, cancellation) || !await records.HasCaughtUpAsync(Patience, cancellation)) return null;

        // 2.
        BlobId[] blobs = [.. noted.Select(n => n.Blob)];
        var kept = await store.FindReferredAsync(blobs, cancellation);
        BlobId[] gone = [.. blobs.Where(b => !kept.Contains(b))];
        var removed = await index.RemoveAsync(gone, cancellation);

        // 3.
        await store.StrikeOutAsync(noted, cancellation);
        await records.HasCaughtUpAsync(Patience, cancellation);
        var back = await store.FindReferredAsync(gone, cancellation);
        return new TextsRemoved(removed, back.Count, noted.Count < StepSize);
    }
}
