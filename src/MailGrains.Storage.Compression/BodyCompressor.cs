using System.Collections.Concurrent;
using ZstdSharp;

namespace MailGrains.Storage.Compression;

/// <summary>
/// Compresses bodies with zstd where that saves a tenth; what looks like noise is not tried. Thread-safe: contexts are pooled, for they are
/// large and slow to make.
/// </summary>
public sealed class BodyCompressor : IDisposable
{
    // Fast enough not to be the bottleneck of a delivery, and text still shrinks to less than half.
    private const int Level = 1;

    // A third to a half of the time, and text still shrinks to two thirds.
    private const int QuickLevel = -5;
    private const int SmallestTried = 256;
    private const int SampleWindows = 8;
    private const int SampleWindow = 512;
    private const int Sample = SampleWindows * SampleWindow;

    private readonly ConcurrentBag<Compressor> _compressors = [];
    private readonly ConcurrentBag<Compressor> _quick = [];
    private readonly ConcurrentBag<Decompressor> _decompressors = [];

    /// <summary>
    /// Compresses into <paramref name="destination"/>, of at least the body's length. Returns the compressed length, or zero when the body
    /// is better kept as it is.
    /// </summary>
    /// <param name="quickly">Others wait for the processor: larger, but sooner.</param>
    public int TryCompress(ReadOnlySpan<byte> body, Span<byte> destination, bool quickly = false)
    {
        if (!WorthTrying(body)) return 0;
        var pool = quickly ? _quick : _compressors;
        if (!pool.TryTake(out var compressor)) compressor = new Compressor(quickly ? QuickLevel : Level);
        try
        {
            return compressor.TryWrap(body, destination[..(body.Length - body.Length / 10)], out var length) ? length : 0;
        }
        finally
        {
            pool.Add(compressor);
        }
    }

    /// <summary>Whether the payload gives exactly <paramref name="body"/>.Length octets.</summary>
    public bool TryDecompress(ReadOnlySpan<byte> payload, Span<byte> body)
    {
        if (!_decompressors.TryTake(out var decompressor)) decompressor = new Decompressor();
        try
        {
            return decompressor.TryUnwrap(payload, body, out var length) && length == body.Length;
        }
        catch (ZstdException)
        {
            return false;
        }
        finally
        {
            _decompressors.Add(decompressor);
        }
    }

    public void Dispose()
    {
        while (_compressors.TryTake(out var compressor) || _quick.TryTake(out compressor)) compressor.Dispose();
        while (_decompressors.TryTake(out var decompressor)) decompressor.Dispose();
    }

    /// <summary>
    /// Counts octets in a sample. Noise has all values equally often: the sum of the squared counts is then about
    /// n²/256 + n, and for text or Base64 several times that.
    /// </summary>
    private static bool WorthTrying(ReadOnlySpan<byte> body)
    {
        if (body.Length < SmallestTried) return false;
        if (body.Length < Sample) return true;
        Span<ushort> counts = stackalloc ushort[256];
        counts.Clear();
        var stride = (body.Length - SampleWindow) / (SampleWindows - 1);
        for (var window = 0; window < SampleWindows; window++)
        {
            foreach (var octet in body.Slice(window * stride, SampleWindow)) counts[octet]++;
        }

        long squares = 0;
        foreach (var count in counts) squares += (long)count * count;
        const long Noise = (long)Sample * Sample / 256 + Sample;
        return squares > Noise + Noise / 4;
    }
}
