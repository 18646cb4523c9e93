using System.Collections.Immutable;
using MailGrains.Model;
using MailGrains.Model.Columns;

namespace MailGrains.Grains.Mailboxes.State;

/// <content>Sets of UIDs and of sequence numbers: what of them exists, at the cost of what exists and not of what was named.</content>
internal sealed partial class FolderMessages
{
    /// <summary>The entries a client's set names.</summary>
    public ImmutableArray<MessageSlice> Resolve(NumberSet set, bool byUid)
    {
        if (Count == 0) return [];
        return byUid ? SlicesOfUids(set.Resolve(LastUid)) : SlicesOfSequences(set.Resolve((uint)Count));
    }

    /// <summary>The entries whose UIDs are in <paramref name="uids"/>, ascending.</summary>
    public ImmutableArray<MessageSlice> SlicesOfUids(UidSet uids)
    {
        var slices = ImmutableArray.CreateBuilder<MessageSlice>();
        foreach (var range in uids.Ranges) AddUids(slices, range);
        return slices.DrainToImmutable();
    }

    /// <summary>The entries at these sequence numbers, ascending.</summary>
    public ImmutableArray<MessageSlice> SlicesOfSequences(UidSet sequences)
    {
        var slices = ImmutableArray.CreateBuilder<MessageSlice>();
        foreach (var range in sequences.Ranges)
        {
            var first = Math.Max(range.First, 1);
            var last = Math.Min(range.Last, (uint)Count);
            if (first <= last) AddPositions(slices, (int)first - 1, (int)last);
        }

        return slices.DrainToImmutable();
    }

    /// <summary>The sequence number of a UID, 0 when it isn't here.</summary>
    public uint SequenceOf(uint uid)
    {
        var number = MessagePage.NumberOf(uid);
        var c = ChunkFrom(PageChunk.NumberOf(number));
        if (c == _chunks.Length) return 0;
        var chunk = _chunks[c];
        var p = chunk.FirstFrom(number);
        if (p == chunk.Pages.Length || chunk.Pages[p].Number != number) return 0;
        var index = chunk.Pages[p].Find(uid);
        return index < 0 ? 0 : (uint)(_starts[c] + chunk.StartOf(p) + index + 1);
    }

    /// <summary>The UID at a sequence number, 0 when there is none.</summary>
    public uint UidAt(uint sequence)
    {
        if (sequence == 0 || sequence > Count) return 0;
        var (c, p, index) = Locate((int)sequence - 1);
        return _chunks[c].Pages[p].Uids[index];
    }

    /// <summary>How many entries have at least this UID; counts pages in memory only.</summary>
    public int CountFrom(uint uid)
    {
        var number = MessagePage.NumberOf(uid);
        var c = ChunkFrom(PageChunk.NumberOf(number));
        if (c == _chunks.Length) return 0;
        var chunk = _chunks[c];
        var p = chunk.FirstFrom(number);
        if (p == chunk.Pages.Length) return Count - _starts[c] - chunk.Count;
        var page = chunk.Pages[p];
        var index = page.Number == number ? LowerBound(page, uid) : 0;
        return Count - _starts[c] - chunk.StartOf(p) - index;
    }

    private void AddUids(ImmutableArray<MessageSlice>.Builder slices, UidRange range)
    {
        var firstPage = MessagePage.NumberOf(range.First);
        var lastPage = MessagePage.NumberOf(range.Last);
        for (var c = ChunkFrom(PageChunk.NumberOf(firstPage)); c < _chunks.Length && _chunks[c].Number <= PageChunk.NumberOf(lastPage); c++)
        {
            var chunk = _chunks[c];
            for (var p = chunk.FirstFrom(firstPage); p < chunk.Pages.Length && chunk.Pages[p].Number <= lastPage; p++)
            {
                var page = chunk.Pages[p];
                var start = page.Number == firstPage ? LowerBound(page, range.First) : 0;
                var end = page.Number == lastPage ? UpperBound(page, range.Last) : page.Count;
                if (start < end) slices.Add(new MessageSlice(page, start, end - start, (uint)(_starts[c] + chunk.StartOf(p) + start + 1)));
            }
        }
    }

    private void AddPositions(ImmutableArray<MessageSlice>.Builder slices, int first, int end)
    {
        var (c, p, index) = Locate(first);
        while (first < end)
        {
            var page = _chunks[c].Pages[p];
            var count = Math.Min(page.Count - index, end - first);
            slices.Add(new MessageSlice(page, index, count, (uint)first + 1));
            first += count;
            index = 0;
            if (++p < _chunks[c].Pages.Length) continue;
            p = 0;
            c++;
        }
    }

    private (int Chunk, int Page, int Index) Locate(int position)
    {
        var found = Array.BinarySearch(_starts, position);
        var c = found >= 0 ? found : ~found - 1;
        var p = _chunks[c].PageAt(position - _starts[c]);
        return (c, p, position - _starts[c] - _chunks[c].StartOf(p));
    }

    private static int LowerBound(MessagePage page, uint uid)
    {
        var found = page.Find(uid);
        return found >= 0 ? found : ~found;
    }

    private static int UpperBound(MessagePage page, uint uid)
    {
        var found = page.Find(uid);
        return found >= 0 ? found + 1 : ~found;
    }
}
