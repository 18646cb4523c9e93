using MailGrains.Model;

namespace MailGrains.Records.Retention;

/// <summary>Looks at messages for their classes.</summary>
public interface IMessageClasses
{
    /// <summary>null: the message can't be read; what only its classes could let go is then kept.</summary>
    Task<MessageClasses?> FindAsync(BlobId blob, CancellationToken cancellation);
}
