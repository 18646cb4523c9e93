using System.Collections.Frozen;
using MailGrains.Mime.Headers;
using MailGrains.Model;
using MailGrains.Storage.Events;
using MailGrains.Subscribers;
using MailGrains.Views.Bonnie;

namespace MailGrains.Outputs;

/// <summary>Header fields of the messages that events are about.</summary>
internal static class EventHeaders
{
    /// <param name="names">Those that are wanted; without any nothing is read.</param>
    public static async Task<IReadOnlyDictionary<BlobId, IReadOnlyList<HeaderField>>> ReadAsync(
        EventBatch batch, EventRecord record, IReadOnlyList<string> names, CancellationToken cancellation)
    {
        if (names.Count == 0) return FrozenDictionary<BlobId, IReadOnlyList<HeaderField>>.Empty;
        var headers = new Dictionary<BlobId, IReadOnlyList<HeaderField>>();
        foreach (var blob in BonnieView.Contents(record))
        {
            if (headers.ContainsKey(blob)) continue;
            if (await batch.ReadHeaderAsync(blob, cancellation) is { } header) headers[blob] = HeaderFields.Read(header.Span, names);
        }

        return headers;
    }
}
