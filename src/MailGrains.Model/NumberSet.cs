using System.Collections.Immutable;
using Orleans;

namespace MailGrains.Model;

/// <summary>
/// A sequence-set of RFC 9051: ranges of sequence numbers or UIDs as the client wrote them, or <c>$</c>, the saved search
/// result (RFC 5182), which the frontend replaces before it calls a grain.
/// </summary>
[GenerateSerializer, Immutable]
public sealed record NumberSet([property: Id(0)] ImmutableArray<NumberRange> Ranges, [property: Id(1)] bool IsSavedResult = false)
{
    /// <summary><c>1:*</c></summary>
    public static readonly NumberSet All = new([new NumberRange(1, NumberRange.Star)]);

    public static readonly NumberSet SavedResult = new([], IsSavedResult: true);

    public static NumberSet Of(UidSet uids) => new([.. uids.Ranges.Select(r => new NumberRange(r.First, r.Last))]);

    /// <summary>The set's numbers as disjoint ascending ranges, <c>*</c> being <paramref name="largest"/>.</summary>
    public UidSet Resolve(uint largest)
    {
        if (Ranges.Length == 1)
        {
            var (first, last) = Ranges[0].Resolve(largest);
            return new UidSet([new UidRange(first, last)]);
        }

        return UidSet.FromRanges(Ranges.Select(r => r.Resolve(largest)));
    }

    public bool Equals(NumberSet? other) => other is not null && IsSavedResult == other.IsSavedResult && Ranges.SequenceEqual(other.Ranges);

    public override int GetHashCode() => Ranges.Length == 0 ? 0 : HashCode.Combine(Ranges.Length, Ranges[0]);
}
