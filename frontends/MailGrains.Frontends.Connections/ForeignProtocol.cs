using System.Buffers;

namespace MailGrains.Frontends.Connections;

/// <summary>
/// Recognizes peers that speak something else: a browser made to post mail commands, TLS on a plain port, a PROXY
/// header from a peer that is not trusted with one. No mail command begins like any of these.
/// </summary>
internal static class ForeignProtocol
{
    private const int LongestOpening = 16;

    private static readonly byte[][] s_openings =
    [
        [0x16, 0x03],
        "GET /"u8.ToArray(), "GET http"u8.ToArray(), "POST /"u8.ToArray(), "POST http"u8.ToArray(), "HEAD /"u8.ToArray(),
        "PUT /"u8.ToArray(), "DELETE /"u8.ToArray(), "PATCH /"u8.ToArray(), "TRACE /"u8.ToArray(), "OPTIONS /"u8.ToArray(),
        "OPTIONS *"u8.ToArray(), "CONNECT "u8.ToArray(), "PRI * HTTP/"u8.ToArray(),
        "PROXY TCP"u8.ToArray(), "PROXY UNKNOWN"u8.ToArray(), ProxyHeader.Signature.ToArray(),
    ];

    public enum Verdict
    {
        /// <summary>The bytes so far are only the beginning of a known opening.</summary>
        Undecided,
        Ours,
        Foreign,
    }

    public static Verdict Judge(in ReadOnlySequence<byte> input)
    {
        Span<byte> start = stackalloc byte[LongestOpening];
        var length = (int)Math.Min(input.Length, LongestOpening);
        start = start[..length];
        input.Slice(0, length).CopyTo(start);

        var verdict = length == 0 ? Verdict.Undecided : Verdict.Ours;
        foreach (var opening in s_openings)
        {
            if (start.StartsWith(opening))
                return Verdict.Foreign;
            if (opening.AsSpan().StartsWith(start))
                verdict = Verdict.Undecided;
        }

        return verdict;
    }
}
