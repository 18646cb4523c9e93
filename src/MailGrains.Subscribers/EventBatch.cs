using MailGrains.Model;
using MailGrains.Model.Summary;
using MailGrains.Storage.Bodies;
using MailGrains.Storage.Events;

namespace MailGrains.Subscribers;

/// <summary>Events of one partition on their way to a handler.</summary>
/// <param name="events">One at least, by rising positions; where the handler doesn't want a type there are gaps.</param>
/// <param name="redriven">A dead letter that is tried again: its position is below that of events handled already.</param>
/// <param name="contents">Reads messages.</param>
/// <param name="interests">What may be read.</param>
public sealed class EventBatch(IReadOnlyList<EventRecord> events, bool redriven, IEventContents contents, Interests interests)
{
    public int Partition => events[0].Partition;

    public IReadOnlyList<EventRecord> Events => events;

    public bool IsRedriven => redriven;

    /// <summary>A message as it was received, by an event's <c>blobId</c>; null: it is not kept any more.</summary>
    /// <exception cref="InvalidOperationException">The handler has not declared <see cref="Interests.Body"/>.</exception>
    public Task<ReadOnlyMemory<byte>?> ReadBodyAsync(BlobId blob, CancellationToken cancellation)
    {
        if (!interests.HasFlag(Interests.Body)) throw new InvalidOperationException("Bodies are read by handlers that have declared it.");
        return contents.ReadAsync(blob, cancellation);
    }

    /// <summary>A message's header section with the empty line that ends it; null: the message is not kept any more.</summary>
    /// <exception cref="InvalidOperationException">The handler has declared neither header nor body.</exception>
    public async Task<ReadOnlyMemory<byte>?> ReadHeaderAsync(BlobId blob, CancellationToken cancellation)
    {
        if ((interests & (Interests.Header | Interests.Body)) == 0)
            throw new InvalidOperationException("Headers are read by handlers that have declared it.");
        return await contents.ReadAsync(blob, cancellation) is { } message ? message[..HeaderLength(message.Span)] : default(ReadOnlyMemory<byte>?);
    }

    /// <summary>
    /// What IMAP shows of a message without its text: ENVELOPE, BODYSTRUCTURE, its parts; null: the message is not kept any more. Made of the message as it was
    /// received, so the lines that a delivery put before it are not in it.
    /// </summary>
    /// <exception cref="InvalidOperationException">The handler has not declared <see cref="Interests.Body"/>.</exception>
    public Task<MessageSummary?> ReadSummaryAsync(BlobId blob, CancellationToken cancellation)
    {
        if (!interests.HasFlag(Interests.Body)) throw new InvalidOperationException("Summaries are read by handlers that have declared bodies.");
        return contents.ReadSummaryAsync(blob, cancellation);
    }

    /// <summary>The summaries of the messages that came with an event; without those that are not kept any more, or damaged.</summary>
    /// <exception cref="InvalidOperationException">The handler has not declared <see cref="Interests.Body"/>.</exception>
    public async Task<IReadOnlyDictionary<BlobId, MessageSummary>> ReadSummariesAsync(EventRecord record, CancellationToken cancellation)
    {
        var summaries = new Dictionary<BlobId, MessageSummary>();
        foreach (var (_, blob) in ArrivedMessages.Of(record))
        {
            if (summaries.ContainsKey(blob)) continue;
            try
            {
                if (await ReadSummaryAsync(blob, cancellation) is { } summary) summaries.Add(blob, summary);
            }
            catch (BodyCorruptException)
            {
                // What the event says is true all the same.
            }
        }

        return summaries;
    }

    private static int HeaderLength(ReadOnlySpan<byte> message)
    {
        var end = message.IndexOf("\r\n\r\n"u8);
        return end < 0 ? message.Length : end + 4;
    }
}
