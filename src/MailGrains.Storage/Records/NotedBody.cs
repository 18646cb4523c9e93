using MailGrains.Model;

namespace MailGrains.Storage.Records;

/// <summary>A body of a purged entry, whose text may be kept elsewhere still.</summary>
/// <param name="Note">Another one when the body is noted again, so that nobody strikes out what he has not seen.</param>
public sealed record NotedBody(BlobId Blob, long Note);
