using MailGrains.Storage.Bodies;

namespace MailGrains.Storage.Records;

/// <summary>Reads messages by what is recorded of them.</summary>
public static class RecordedMessages
{
    /// <summary>All octets of a message: the lines that were added at delivery, then the message as it was received; null: it is not kept any more.</summary>
    /// <exception cref="BodyCorruptException">The stored bytes are not the ones written.</exception>
    /// <exception cref="StoreUnavailableException">They can't be read now.</exception>
    public static async Task<byte[]?> ReadAsync(this IBodyReader bodies, IBodyIndex index, RecordedEntry entry, CancellationToken cancellation)
    {
        if (await bodies.ReadAsync(index, entry.Blob, cancellation) is not { } read) return null;
        using var lease = read;
        return [.. entry.Prefix.Span, .. lease.Memory.Span];
    }
}
