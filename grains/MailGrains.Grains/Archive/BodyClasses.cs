using MailGrains.Mime;
using MailGrains.Model;
using MailGrains.Records.Retention;
using MailGrains.Storage.Bodies;
using Microsoft.Extensions.Logging;

namespace MailGrains.Grains.Archive;

/// <summary>Classes of messages by their bodies, which never change.</summary>
internal sealed class BodyClasses(IBodyIndex index, IBodyReader bodies, ILogger<BodyClasses> logger) : IMessageClasses
{
    public async Task<MessageClasses?> FindAsync(BlobId blob, CancellationToken cancellation)
    {
        try
        {
            if (await bodies.ReadAsync(index, blob, cancellation) is not { } found) return null;
            using var lease = found;
            return MessageClassifier.Of(lease.Memory);
        }
        catch (BodyCorruptException damaged)
        {
            Log.ClassesUnknown(logger, damaged, blob);
            return null;
        }
    }
}
