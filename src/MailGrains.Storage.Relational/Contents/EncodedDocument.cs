using MailGrains.Storage.Relational.Bodies;

namespace MailGrains.Storage.Relational.Contents;

/// <summary>A content's document as it is kept.</summary>
/// <param name="Length">Octets of the document itself.</param>
public readonly record struct EncodedDocument(BodyEncoding Encoding, int Length, ReadOnlyMemory<byte> Data);
