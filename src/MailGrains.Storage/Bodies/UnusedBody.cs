using MailGrains.Model;

namespace MailGrains.Storage.Bodies;

/// <summary>A body that no content refers to.</summary>
/// <param name="Position">Its place in the order of the index; the next question goes on behind it.</param>
public readonly record struct UnusedBody(long Position, BlobId Blob);
