using MailGrains.Model;

namespace MailGrains.Subscribers;

/// <summary>Reads what events refer to.</summary>
public interface IEventContents
{
    /// <summary>A whole message; null: it is not kept any more.</summary>
    Task<ReadOnlyMemory<byte>?> ReadAsync(BlobId blob, CancellationToken cancellation);
}
