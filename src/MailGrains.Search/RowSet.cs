using System.Numerics;
using MailGrains.Model.Columns;

namespace MailGrains.Search;

/// <summary>Some of the entries of one slice, by their place in it: a bit for each of the at most <see cref="MessagePage.Span"/>.</summary>
public readonly record struct RowSet(ulong Low, ulong High)
{
    private const int Half = 64;

    public static readonly RowSet Empty;

    public bool IsEmpty => (Low | High) == 0;

    public int Count => BitOperations.PopCount(Low) + BitOperations.PopCount(High);

    /// <summary>The lowest place; there is one.</summary>
    public int First => Low != 0 ? BitOperations.TrailingZeroCount(Low) : Half + BitOperations.TrailingZeroCount(High);

    /// <summary>The highest place; there is one.</summary>
    public int Last => High != 0 ? Half + BitOperations.Log2(High) : BitOperations.Log2(Low);

    /// <summary>The first <paramref name="count"/> places.</summary>
    public static RowSet Leading(int count) => count switch
    {
        >= MessagePage.Span => new(ulong.MaxValue, ulong.MaxValue),
        >= Half => new(ulong.MaxValue, (1UL << (count - Half)) - 1),
        _ => new((1UL << count) - 1, 0),
    };

    public static RowSet At(int place) => place < Half ? new(1UL << place, 0) : new(0, 1UL << (place - Half));

    /// <summary>The places at which a column's value passes the test.</summary>
    public static RowSet Where<TValue, TTest>(ReadOnlySpan<TValue> column, TTest test)
        where TTest : struct, IValueTest<TValue> => column.Length <= Half
        ? new(Bits(column, test), 0)
        : new(Bits(column[..Half], test), Bits(column[Half..], test));

    public RowSet Without(RowSet other) => new(Low & ~other.Low, High & ~other.High);

    public RowSet Intersect(RowSet other) => new(Low & other.Low, High & other.High);

    public RowSet Union(RowSet other) => new(Low | other.Low, High | other.High);

    public Enumerator GetEnumerator() => new(this);

    private static ulong Bits<TValue, TTest>(ReadOnlySpan<TValue> column, TTest test)
        where TTest : struct, IValueTest<TValue>
    {
        var bits = 0UL;
        for (var i = 0; i < column.Length; i++) bits |= (test.Passes(column[i]) ? 1UL : 0UL) << i;
        return bits;
    }

    public struct Enumerator(RowSet left)
    {
        private RowSet _left = left;

        public int Current { get; private set; }

        public bool MoveNext()
        {
            if (_left.IsEmpty) return false;
            Current = _left.First;
            _left = _left.Low != 0 ? new(_left.Low & (_left.Low - 1), _left.High) : new(0, _left.High & (_left.High - 1));
            return true;
        }
    }
}
