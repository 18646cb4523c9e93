using MailGrains.Model;

namespace MailGrains.Storage.Bodies;

/// <summary>Knows where committed bodies lie. The engine that holds the mailboxes keeps it, in the same transactions.</summary>
public interface IBodyIndex
{
    ValueTask<BodyLocator?> FindAsync(BlobId blob, CancellationToken cancellation);
}
