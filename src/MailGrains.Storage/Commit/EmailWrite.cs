using MailGrains.Model;
using MailGrains.Storage.Bodies;

namespace MailGrains.Storage.Commit;

/// <summary>A new content. Its body has been appended to the body store before, and flushed before the commit is applied.</summary>
public sealed record EmailWrite(EmailId Id, BlobId Blob, BodyLocator Body, ReadOnlyMemory<byte> Prefix, ReadOnlyMemory<byte> Summary);
