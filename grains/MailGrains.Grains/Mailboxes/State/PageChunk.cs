using MailGrains.Model.Columns;

namespace MailGrains.Grains.Mailboxes.State;

/// <summary>
/// Up to <see cref="Span"/> neighbouring pages of a folder. Two levels keep a change flat in the folder's size: it copies one chunk's
/// references and the folder's list of chunks, not every page reference.
/// </summary>
internal sealed class PageChunk
{
    /// <summary>Chunk n holds the pages n·Span … n·Span + Span − 1.</summary>
    public const int Span = 64;

    private readonly int[] _starts;

    public PageChunk(int number, MessagePage[] pages)
    {
        Number = number;
        Pages = pages;
        _starts = new int[pages.Length];
        var count = 0;
        for (var i = 0; i < pages.Length; i++)
        {
            _starts[i] = count;
            count += pages[i].Count;
        }

        Count = count;
    }

    public int Number { get; }

    /// <summary>Ascending by number, none empty.</summary>
    public MessagePage[] Pages { get; }

    public int Count { get; }

    public static int NumberOf(int page) => page / Span;

    /// <summary>Entries before the page at <paramref name="index"/>.</summary>
    public int StartOf(int index) => _starts[index];

    /// <summary>Index of the first page with at least this number.</summary>
    public int FirstFrom(int page)
    {
        int low = 0, high = Pages.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (Pages[middle].Number < page) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    /// <summary>Index of the page that holds the entry at <paramref name="position"/>.</summary>
    public int PageAt(int position)
    {
        var found = Array.BinarySearch(_starts, position);
        return found >= 0 ? found : ~found - 1;
    }

    /// <summary>The chunk with these pages in place of those of the same number; null when nothing is left.</summary>
    /// <param name="old">null for a chunk that had no pages.</param>
    /// <param name="changed">Ascending; empty ones are removed.</param>
    public static PageChunk? With(PageChunk? old, int number, ReadOnlySpan<MessagePage> changed)
    {
        var before = old is null ? [] : old.Pages;
        var pages = new List<MessagePage>(before.Length + changed.Length);
        int i = 0, j = 0;
        while (i < before.Length || j < changed.Length)
        {
            if (j == changed.Length || (i < before.Length && before[i].Number < changed[j].Number))
            {
                pages.Add(before[i++]);
                continue;
            }

            if (i < before.Length && before[i].Number == changed[j].Number) i++;
            if (changed[j].Count > 0) pages.Add(changed[j]);
            j++;
        }

        return pages.Count == 0 ? null : new PageChunk(number, [.. pages]);
    }
}
