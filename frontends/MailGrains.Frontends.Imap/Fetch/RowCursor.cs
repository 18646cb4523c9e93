using MailGrains.Model.Columns;

namespace MailGrains.Frontends.Imap.Fetch;

/// <summary>Hands out rows a chunk at a time; an enumerator of its kind can't live across an await.</summary>
internal sealed class RowCursor(MessageRows rows)
{
    private int _slice;
    private int _taken;

    /// <summary>Fills the chunk as far as there are rows; 0 at the end.</summary>
    public int Read(Span<MessageRow> chunk)
    {
        var count = 0;
        while (count < chunk.Length && _slice < rows.Slices.Length)
        {
            var slice = rows.Slices[_slice];
            if (_taken == slice.Count)
            {
                _slice++;
                _taken = 0;
                continue;
            }

            chunk[count++] = new MessageRow(slice.Page, slice.Start + _taken, slice.FirstSequence + (uint)_taken);
            _taken++;
        }

        return count;
    }
}
