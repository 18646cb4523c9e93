using System.Buffers;
using System.Security.Cryptography;
using MailGrains.Mime.Sections;
using MailGrains.Model;
using MailGrains.Model.Summary;

namespace MailGrains.Discovery.Extraction;

/// <summary>A part without its transfer encoding.</summary>
/// <param name="Kept">The octets from the start that were asked for.</param>
/// <param name="Size">Of all octets.</param>
/// <param name="Sha256">Of all octets, when it was asked for.</param>
internal readonly record struct PartData(ReadOnlyMemory<byte> Kept, long Size, BlobId Sha256)
{
    private const int ChunkOctets = 32 * 1024;

    public static PartData Read(ReadOnlyMemory<byte> body, TransferEncoding encoding, int keep, bool withHash)
    {
        if (encoding is not (TransferEncoding.Base64 or TransferEncoding.QuotedPrintable))
            return new PartData(body[..Math.Min(keep, body.Length)], body.Length, withHash ? BlobId.Of(body.Span) : default);

        using var hash = withHash ? IncrementalHash.CreateHash(HashAlgorithmName.SHA256) : null;
        var kept = new byte[Math.Min(keep, body.Length)];
        var chunk = ArrayPool<byte>.Shared.Rent(ChunkOctets);
        var decoder = new TransferDecoder(body.Span, encoding);
        long size = 0;
        for (int read; (read = decoder.Read(chunk)) > 0; size += read)
        {
            hash?.AppendData(chunk, 0, read);
            if (size < kept.Length)
                chunk.AsSpan(0, (int)Math.Min(read, kept.Length - size)).CopyTo(kept.AsSpan((int)size));
        }

        ArrayPool<byte>.Shared.Return(chunk);
        return new PartData(
            kept.AsMemory(0, (int)Math.Min(size, kept.Length)), size, hash is null ? default : BlobId.Read(hash.GetHashAndReset()));
    }
}
