using MailGrains.Model;

namespace MailGrains.Evidence.Export;

/// <summary>Gives out bodies for an export.</summary>
public interface IExportBodies
{
    /// <summary>Writes the whole body to the stream, or nothing when it is not there any more.</summary>
    /// <returns>Null when it was written, else why it can't be had: the reason in <c>collected.txt</c>, one line of text.</returns>
    /// <exception cref="Storage.Bodies.BodyCorruptException">What is stored is not the body.</exception>
    /// <exception cref="Storage.StoreUnavailableException">It can't be read now.</exception>
    ValueTask<string?> CopyAsync(BlobId blob, Stream destination, CancellationToken cancellation);
}
