using MailGrains.Model;

namespace MailGrains.Storage.Records;

/// <summary>
/// Limits a question to some contents. Names that are not in the index do no harm. Whoever asks for page after page gives the same object each time.
/// </summary>
public sealed class BlobFilter
{
    public const int MaxBlobs = 100_000;

    private readonly HashSet<BlobId> _set;

    /// <exception cref="ArgumentException">More than <see cref="MaxBlobs"/>.</exception>
    public BlobFilter(IReadOnlyList<BlobId> blobs)
    {
        if (blobs.Count > MaxBlobs) throw new ArgumentException($"At most {MaxBlobs} contents.", nameof(blobs));
        Blobs = blobs;
        _set = [.. blobs];
    }

    public IReadOnlyList<BlobId> Blobs { get; }

    public bool Contains(BlobId blob) => _set.Contains(blob);
}
