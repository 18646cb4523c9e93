using System.Buffers.Text;
using MailGrains.Model;

namespace MailGrains.Records.Payloads;

/// <summary>Reads sets of UIDs as events write them: ascending ranges, <c>1:3,7</c>.</summary>
internal static class UidSetText
{
    /// <exception cref="FormatException">It is none.</exception>
    public static UidSet Parse(ReadOnlySpan<byte> text)
    {
        var set = new UidSetBuilder();
        uint last = 0;
        while (!text.IsEmpty)
        {
            var first = Number(ref text);
            var end = !text.IsEmpty && text[0] == (byte)':' ? Number(ref text, skip: 1) : first;
            if (first <= last || end < first) throw new FormatException("A set of UIDs is not in order.");
            set.AddRange(first, last = end);
            if (text.IsEmpty) break;
            if (text[0] != (byte)',' || text.Length == 1) throw new FormatException("A set of UIDs is not one.");
            text = text[1..];
        }

        return set.Build();
    }

    private static uint Number(ref ReadOnlySpan<byte> text, int skip = 0)
    {
        if (!Utf8Parser.TryParse(text[skip..], out uint number, out var length)) throw new FormatException("A set of UIDs is not one.");
        text = text[(skip + length)..];
        return number;
    }
}
