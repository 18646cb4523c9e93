using System.Buffers;
using System.Text;

namespace MailGrains.Mime.Search;

internal sealed class Utf8Folder : CharsetFolder
{
    public override int Fold(ReadOnlySpan<byte> source, Span<byte> destination, bool isLast, out int consumed)
    {
        if (!isLast)
            source = source[..^IncompleteOctets(source)];
        return TextFolding.FoldUtf8(source, destination, out consumed);
    }

    private static int IncompleteOctets(ReadOnlySpan<byte> source)
    {
        for (var back = 1; back <= Math.Min(3, source.Length); back++)
        {
            var octet = source[^back];
            if (octet < 0x80)
                return 0;
            if (octet >= 0xC0)
                return Rune.DecodeFromUtf8(source[^back..], out _, out _) == OperationStatus.NeedMoreData ? back : 0;
        }

        return 0;
    }
}
