using System.Text;
using MailGrains.Model;

namespace MailGrains.Imap.Responses;

/// <summary>
/// Renders <c>FLAGS (…)</c>. Mailboxes use few distinct sets of flags however many messages they hold, so each set is
/// rendered once: system flags for the whole process, sets with keywords for the session, in a cache where one set may
/// push out another, so that its size is fixed.
/// </summary>
internal sealed class FlagsRenderer
{
    private const int SlotBits = 8;
    private const int SystemMask = (1 << MessageFlags.SystemCount) - 1;
    private const int RecentBit = 1 << MessageFlags.SystemCount;
    private const ulong Spread = 0x9E3779B97F4A7C15;

    private static readonly byte[][] SystemOnly = [.. Enumerable.Range(0, 2 * RecentBit).Select(RenderSystem)];

    private KeywordTable _keywords = KeywordTable.Empty;
    private Slot[]? _slots;

    public ReadOnlySpan<byte> Render(MessageFlags flags, KeywordTable keywords, bool recent)
    {
        if (flags.High == 0 && flags.Low <= SystemMask) return SystemOnly[(int)flags.Low | (recent ? RecentBit : 0)];
        if (_slots is null || !ReferenceEquals(keywords, _keywords))
        {
            _slots = new Slot[1 << SlotBits];
            _keywords = keywords;
        }

        ref var slot = ref _slots[((flags.Low * 2 + flags.High * Spread + (recent ? 1u : 0u)) * Spread) >> (64 - SlotBits)];
        if (slot.Rendered is null || slot.Flags != flags || slot.Recent != recent)
            slot = new Slot(flags, recent, Render(keywords.Names(flags), recent));
        return slot.Rendered;
    }

    private static byte[] RenderSystem(int bits) =>
        Render(KeywordTable.Empty.Names(new MessageFlags((ulong)(bits & SystemMask), 0)), (bits & RecentBit) != 0);

    private static byte[] Render(IEnumerable<string> names, bool recent) =>
        Encoding.ASCII.GetBytes($"FLAGS ({string.Join(' ', recent ? names.Append(@"\Recent") : names)})");

    private readonly record struct Slot(MessageFlags Flags, bool Recent, byte[]? Rendered);
}
