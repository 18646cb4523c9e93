using System.Text;
using MailGrains.Model;

namespace MailGrains.Imap.Responses;

/// <summary>
/// Renders <c>FLAGS (…)</c>. Mailboxes use few distinct sets of flags however many messages they hold, so each set is
/// rendered once: system flags for the whole process, sets with keywords for the session.
/// </summary>
internal sealed class FlagsRenderer
{
    private const int MaxCached = 512;
    private const int SystemMask = (1 << MessageFlags.SystemCount) - 1;
    private const int RecentBit = 1 << MessageFlags.SystemCount;

    private static readonly byte[][] SystemOnly = [.. Enumerable.Range(0, 2 * RecentBit).Select(RenderSystem)];

    private readonly Dictionary<(MessageFlags Flags, bool Recent), byte[]> _cache = [];
    private KeywordTable _keywords = KeywordTable.Empty;

    public ReadOnlySpan<byte> Render(MessageFlags flags, KeywordTable keywords, bool recent)
    {
        if (flags.High == 0 && flags.Low <= SystemMask) return SystemOnly[(int)flags.Low | (recent ? RecentBit : 0)];
        if (!ReferenceEquals(keywords, _keywords) || _cache.Count >= MaxCached)
        {
            _cache.Clear();
            _keywords = keywords;
        }

        if (_cache.TryGetValue((flags, recent), out var rendered)) return rendered;
        rendered = Render(keywords.Names(flags), recent);
        _cache.Add((flags, recent), rendered);
        return rendered;
    }

    private static byte[] RenderSystem(int bits) =>
        Render(KeywordTable.Empty.Names(new MessageFlags((ulong)(bits & SystemMask), 0)), (bits & RecentBit) != 0);

    private static byte[] Render(IEnumerable<string> names, bool recent) =>
        Encoding.ASCII.GetBytes($"FLAGS ({string.Join(' ', recent ? names.Append(@"\Recent") : names)})");
}
