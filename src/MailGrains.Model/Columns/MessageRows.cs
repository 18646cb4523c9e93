using System.Collections.Immutable;
using Orleans;

namespace MailGrains.Model.Columns;

/// <summary>
/// Index entries of messages in ascending order, as runs over immutable pages: handing over 10,000 of them inside a process
/// copies nothing.
/// </summary>
[GenerateSerializer, Immutable]
public sealed class MessageRows
{
    public static readonly MessageRows Empty = new([]);

    [Id(0)]
    private readonly ImmutableArray<MessageSlice> _slices;

    public MessageRows(ImmutableArray<MessageSlice> slices) => _slices = slices;

    public ImmutableArray<MessageSlice> Slices => _slices;

    public int Count
    {
        get
        {
            var count = 0;
            foreach (var slice in _slices) count += slice.Count;
            return count;
        }
    }

    public Enumerator GetEnumerator() => new(_slices);

    public struct Enumerator(ImmutableArray<MessageSlice> slices)
    {
        private int _slice = -1;
        private int _index = -1;
        private int _left;

        public readonly MessageRow Current
        {
            get
            {
                var slice = slices[_slice];
                return new MessageRow(slice.Page, _index, slice.FirstSequence + (uint)(_index - slice.Start));
            }
        }

        public bool MoveNext()
        {
            while (_left == 0)
            {
                if (++_slice >= slices.Length) return false;
                _left = slices[_slice].Count;
                _index = slices[_slice].Start - 1;
            }

            _left--;
            _index++;
            return true;
        }
    }
}
