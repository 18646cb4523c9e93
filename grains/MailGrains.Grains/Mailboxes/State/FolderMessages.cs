using System.Runtime.InteropServices;
using MailGrains.Model.Columns;

namespace MailGrains.Grains.Mailboxes.State;

/// <summary>
/// A folder's index entries: an immutable, ordered collection of pages that knows sequence numbers. It may be partial: pages below
/// <see cref="FirstLoaded"/> are then in the store only, and positions count from the first one that is here.
/// </summary>
internal sealed partial class FolderMessages
{
    public static readonly FolderMessages Empty = new([], 0);

    /// <summary>Nothing is in memory yet.</summary>
    public static readonly FolderMessages Unloaded = new([], int.MaxValue);

    private readonly PageChunk[] _chunks;
    private readonly int[] _starts;

    private FolderMessages(PageChunk[] chunks, int firstLoaded)
    {
        _chunks = chunks;
        _starts = new int[chunks.Length];
        FirstLoaded = firstLoaded;
        var count = 0;
        for (var i = 0; i < chunks.Length; i++)
        {
            _starts[i] = count;
            count += chunks[i].Count;
        }

        Count = count;
    }

    /// <summary>Pages with at least this number are in memory, where they exist.</summary>
    public int FirstLoaded { get; }

    public bool IsComplete => FirstLoaded == 0;

    /// <summary>Entries in memory.</summary>
    public int Count { get; }

    /// <summary>The highest UID, 0 when there is none.</summary>
    public uint LastUid => _chunks.Length == 0 ? 0 : _chunks[^1].Pages[^1].Uids[^1];

    public MessagePage? Page(int number)
    {
        var chunk = ChunkFrom(PageChunk.NumberOf(number));
        if (chunk == _chunks.Length || _chunks[chunk].Number != PageChunk.NumberOf(number)) return null;
        var pages = _chunks[chunk].Pages;
        var index = _chunks[chunk].FirstFrom(number);
        return index < pages.Length && pages[index].Number == number ? pages[index] : null;
    }

    public IEnumerable<MessagePage> Pages()
    {
        foreach (var chunk in _chunks)
        {
            foreach (var page in chunk.Pages) yield return page;
        }
    }

    /// <summary>With these pages in place of those of the same number; empty ones are removed. Ascending by number.</summary>
    public FolderMessages With(List<MessagePage> changed) => With(CollectionsMarshal.AsSpan(changed), FirstLoaded);

    public FolderMessages With(MessagePage changed) => With([changed], FirstLoaded);

    /// <summary>With pages from the store below those that are here.</summary>
    /// <param name="stored">Ascending; numbers from <paramref name="firstLoaded"/>. Those that are here already are newer and win.</param>
    public FolderMessages WithStored(IEnumerable<MessagePage> stored, int firstLoaded)
    {
        if (firstLoaded >= FirstLoaded) return this;
        var missing = stored.TakeWhile(p => p.Number < FirstLoaded).Where(p => p.Count > 0).ToList();
        return With(CollectionsMarshal.AsSpan(missing), firstLoaded);
    }

    private FolderMessages With(ReadOnlySpan<MessagePage> changed, int firstLoaded)
    {
        var chunks = new List<PageChunk>(_chunks.Length + 1);
        var kept = 0;
        while (changed.Length > 0)
        {
            var number = PageChunk.NumberOf(changed[0].Number);
            var length = 1;
            while (length < changed.Length && PageChunk.NumberOf(changed[length].Number) == number) length++;

            var at = ChunkFrom(number);
            chunks.AddRange(_chunks.AsSpan(kept, at - kept));
            var old = at < _chunks.Length && _chunks[at].Number == number ? _chunks[at] : null;
            if (PageChunk.With(old, number, changed[..length]) is { } chunk) chunks.Add(chunk);
            kept = old is null ? at : at + 1;
            changed = changed[length..];
        }

        chunks.AddRange(_chunks.AsSpan(kept));
        return new FolderMessages([.. chunks], firstLoaded);
    }

    /// <summary>Index of the first chunk with at least this number.</summary>
    private int ChunkFrom(int number)
    {
        int low = 0, high = _chunks.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_chunks[middle].Number < number) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
