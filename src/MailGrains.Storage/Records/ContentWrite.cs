using MailGrains.Model;

namespace MailGrains.Storage.Records;

/// <summary>A content to be found by its tokens.</summary>
/// <param name="Tokens">All its tokens, in any order and as often as the caller likes, in the form of <see cref="TokenText"/>.</param>
/// <param name="Document">What the caller wants back, with a version of its own.</param>
/// <param name="Partial">Says that the caller could not read all of the content. It is only kept and counted.</param>
public sealed record ContentWrite(BlobId Blob, string Tokens, ReadOnlyMemory<byte> Document, bool Partial);
