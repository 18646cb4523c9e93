using System.Buffers;
using MailGrains.Mime.Sections;
using MailGrains.Model.Summary;

namespace MailGrains.Mime.Search;

/// <summary>Search in one text part: transfer decoding, charset decoding and folding in chunks, then a vectorised search.</summary>
internal static class PartSearch
{
    private const int ChunkOctets = 32 * 1024;

    public static bool Contains(ReadOnlySpan<byte> body, TransferEncoding encoding, ReadOnlySpan<byte> charset, Needle needle)
    {
        if (needle.Folded.IsEmpty)
            return true;
        using var window = new FoldedWindow(CharsetFolder.For(charset), needle.Folded.Span);
        if (encoding is not (TransferEncoding.Base64 or TransferEncoding.QuotedPrintable))
            return window.Search(body, isLast: true, out _);

        var chunk = ArrayPool<byte>.Shared.Rent(ChunkOctets);
        try
        {
            var decoder = new TransferDecoder(body, encoding);
            var kept = 0;
            while (true)
            {
                var read = decoder.Read(chunk.AsSpan(kept));
                var decoded = chunk.AsSpan(0, kept + read);
                if (window.Search(decoded, isLast: read == 0, out var consumed))
                    return true;
                if (read == 0)
                    return false;

                // A character cut by the end of the chunk is put in front of the next one.
                decoded[consumed..].CopyTo(chunk);
                kept = decoded.Length - consumed;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }
    }
}
