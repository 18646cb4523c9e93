using MailGrains.Model;

namespace MailGrains.Storage.Relational.Bodies;

/// <summary>A body on its way to the database.</summary>
/// <param name="Data">The bytes to keep; valid until the write has ended.</param>
/// <param name="Length">Octets of the body itself.</param>
public readonly record struct EncodedBody(BlobId Blob, BodyEncoding Encoding, ReadOnlyMemory<byte> Data, int Length);
