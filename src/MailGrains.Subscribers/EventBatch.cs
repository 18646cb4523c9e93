using MailGrains.Model;
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

    private static int HeaderLength(ReadOnlySpan<byte> message)
    {
        var end = message.IndexOf("\r\n\r\n"u8);
        return end < 0 ? message.Length : end + 4;
    }
}
