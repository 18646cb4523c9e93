using System.Buffers;
using MailGrains.Storage.Columns;
using MailGrains.Storage.Compression;
using MailGrains.Storage.Relational.Bodies;

namespace MailGrains.Storage.Relational.Contents;

/// <summary>Compresses the documents of contents where that saves something. Thread-safe.</summary>
public sealed class DocumentCodec : IDisposable
{
    private const string What = "document of a content";

    private readonly BodyCompressor _compressor = new();

    public EncodedDocument Encode(ReadOnlyMemory<byte> document)
    {
        var rented = ArrayPool<byte>.Shared.Rent(document.Length);
        try
        {
            var length = _compressor.TryCompress(document.Span, rented);
            return length > 0
                ? new EncodedDocument(BodyEncoding.Zstd, document.Length, rented.AsSpan(0, length).ToArray())
                : new EncodedDocument(BodyEncoding.Raw, document.Length, document);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <exception cref="FormatCorruptException">It is not what was encoded.</exception>
    public byte[] Decode(BodyEncoding encoding, int length, ReadOnlySpan<byte> data)
    {
        if (encoding == BodyEncoding.Raw && data.Length == length) return data.ToArray();
        if (encoding != BodyEncoding.Zstd || length < 0) throw new FormatCorruptException(What, "it has an unknown form or length");
        var document = new byte[length];
        return _compressor.TryDecompress(data, document) ? document : throw new FormatCorruptException(What, "it doesn't decompress");
    }

    public void Dispose() => _compressor.Dispose();
}
