using MailGrains.Model;
using MailGrains.Model.Summary;
using MailGrains.Subscribers;

namespace MailGrains.Grains.Tests.Streams;

/// <summary>For handlers that read no messages.</summary>
internal sealed class NoContents : IEventContents
{
    public Task<ReadOnlyMemory<byte>?> ReadAsync(BlobId blob, CancellationToken cancellation) => Task.FromResult<ReadOnlyMemory<byte>?>(null);

    public Task<MessageSummary?> ReadSummaryAsync(BlobId blob, CancellationToken cancellation) => Task.FromResult<MessageSummary?>(null);
}
