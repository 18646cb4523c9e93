using MailGrains.Model;

namespace MailGrains.Storage.Records;

/// <summary>A content as it is in the index.</summary>
/// <param name="Number">Given by the index, from 1 on, and never used again.</param>
public sealed record IndexedContent(BlobId Blob, long Number, ReadOnlyMemory<byte> Document, bool Partial);
