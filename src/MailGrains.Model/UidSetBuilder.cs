using System.Collections.Immutable;

namespace MailGrains.Model;

/// <summary>Builds a <see cref="UidSet"/> from numbers given in ascending order of their starts.</summary>
public sealed class UidSetBuilder
{
    private readonly ImmutableArray<UidRange>.Builder _ranges = ImmutableArray.CreateBuilder<UidRange>();

    public void Add(uint uid) => AddRange(uid, uid);

    public void AddRange(uint first, uint last)
    {
        if (_ranges.Count > 0)
        {
            var tail = _ranges[^1];
            if (first <= tail.Last || first == tail.Last + 1)
            {
                if (last > tail.Last) _ranges[^1] = tail with { Last = last };
                return;
            }
        }

        _ranges.Add(new UidRange(first, last));
    }

    public UidSet Build() => _ranges.Count == 0 ? UidSet.Empty : new UidSet(_ranges.ToImmutable());
}
