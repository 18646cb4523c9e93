using MailGrains.Model;
using MailGrains.Model.Summary;

namespace MailGrains.Subscribers;

/// <summary>Reads what events refer to.</summary>
public interface IEventContents
{
    /// <summary>A whole message; null: it is not kept any more.</summary>
    Task<ReadOnlyMemory<byte>?> ReadAsync(BlobId blob, CancellationToken cancellation);

    /// <summary>What IMAP shows of a message without its text; null: it is not kept any more.</summary>
    Task<MessageSummary?> ReadSummaryAsync(BlobId blob, CancellationToken cancellation);
}
