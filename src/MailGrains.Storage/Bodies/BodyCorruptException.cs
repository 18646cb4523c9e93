using MailGrains.Model;

namespace MailGrains.Storage.Bodies;

/// <summary>A stored body fails its checksum: permanent for this body, and an operator must know.</summary>
public sealed class BodyCorruptException(BlobId blob, string detail)
    : Exception($"Body {blob} is damaged: {detail}")
{
    public BlobId Blob => blob;
}
