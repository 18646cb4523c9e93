using System.Buffers;

namespace MailGrains.Wire;

/// <summary>Finds the end of a CRLF-terminated line. A bare CR or a bare LF never ends a line, so that what one reader
/// takes for one command no other reader takes for two.</summary>
public static class LineFinder
{
    /// <summary>
    /// The offset just behind the first CRLF whose LF stands at or behind <paramref name="from"/>, or −1. To resume after
    /// more bytes came, start one octet before the old end: a CR may have been the last octet.
    /// </summary>
    public static long FindEnd(in ReadOnlySequence<byte> buffer, long from)
    {
        var offset = from;
        byte previous = 0;
        foreach (var memory in buffer.Slice(from))
        {
            var span = memory.Span;
            var start = 0;
            for (var found = span.IndexOf((byte)'\n'); found >= 0; found = span[start..].IndexOf((byte)'\n'))
            {
                var at = start + found;
                if ((at > 0 ? span[at - 1] : previous) == '\r') return offset + at + 1;
                start = at + 1;
            }

            if (!span.IsEmpty) previous = span[^1];
            offset += span.Length;
        }

        return -1;
    }
}
