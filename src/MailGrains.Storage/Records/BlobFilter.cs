using MailGrains.Model;

namespace MailGrains.Storage.Records;

/// <summary>Limits a question to some contents. Names that are not in the index do no harm.</summary>
public sealed record BlobFilter
{
    public const int MaxBlobs = 100_000;

    /// <exception cref="ArgumentException">More than <see cref="MaxBlobs"/>.</exception>
    public BlobFilter(IReadOnlyList<BlobId> blobs)
    {
        if (blobs.Count > MaxBlobs) throw new ArgumentException($"At most {MaxBlobs} contents.", nameof(blobs));
        Blobs = blobs;
    }

    public IReadOnlyList<BlobId> Blobs { get; }
}
