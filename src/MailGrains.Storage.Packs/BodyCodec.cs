using MailGrains.Model;
using MailGrains.Storage.Compression;

namespace MailGrains.Storage.Packs;

/// <summary>Bodies to records and back. Thread-safe.</summary>
internal sealed class BodyCodec : IDisposable
{
    private readonly BodyCompressor _compressor = new();

    public EncodedRecord Encode(BlobId blob, ReadOnlySpan<byte> body, bool quickly = false)
    {
        var rented = RecordBuffers.Rent(PackFormat.RecordSize(body.Length));
        var storedLength = _compressor.TryCompress(body, rented.AsSpan(PackFormat.RecordHeaderSize), quickly);
        var encoding = storedLength > 0 ? RecordEncoding.Zstd : RecordEncoding.Raw;
        if (encoding == RecordEncoding.Raw)
        {
            body.CopyTo(rented.AsSpan(PackFormat.RecordHeaderSize));
            storedLength = body.Length;
        }

        var hash = PackFormat.Complete(rented, encoding, blob, body.Length, storedLength);
        return new EncodedRecord(rented, blob, body.Length, storedLength, hash, default);
    }

    /// <summary>Whether the payload gives exactly <paramref name="body"/>.Length octets.</summary>
    public bool TryDecompress(ReadOnlySpan<byte> payload, Span<byte> body) => _compressor.TryDecompress(payload, body);

    public void Dispose() => _compressor.Dispose();
}
