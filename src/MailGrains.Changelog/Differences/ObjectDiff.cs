using MailGrains.Changelog.Properties;

namespace MailGrains.Changelog.Differences;

/// <summary>Compares two revisions of an object.</summary>
public static class ObjectDiff
{
    /// <summary>
    /// The differences, in the order in which the older revision has its properties, then those that are new. Of properties with several values:
    /// <list type="number">
    /// <item>Equal values belong together, wherever they stand: another order is no difference.</item>
    /// <item>Of the others, those that name the same person, address or occurrence belong together.</item>
    /// <item>What is left of properties without such names is paired in order; the rest was added or removed.</item>
    /// </list>
    /// </summary>
    public static IReadOnlyList<PropertyChange> Compare(IReadOnlyList<ObjectProperty> older, IReadOnlyList<ObjectProperty> newer)
    {
        var names = older.Concat(newer).Select(p => p.Name).Distinct(StringComparer.Ordinal);
        var (before, after) = (ByName(older), ByName(newer));
        var changes = new List<PropertyChange>();
        foreach (var name in names) CompareValues(name, before.GetValueOrDefault(name, []), after.GetValueOrDefault(name, []), changes);
        return changes;
    }

    private static Dictionary<string, List<PropertyValue>> ByName(IReadOnlyList<ObjectProperty> properties) =>
        properties.GroupBy(p => p.Name, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Select(p => p.Value).ToList(), StringComparer.Ordinal);

    private static void CompareValues(string name, List<PropertyValue> old, List<PropertyValue> @new, List<PropertyChange> changes)
    {
        var removed = new List<int>();
        var added = Enumerable.Range(0, @new.Count).ToList();
        var isList = old.Count > 1 || @new.Count > 1;

        // 1. Equal values.
        Match(Enumerable.Range(0, old.Count), added, i => old[i], i => @new[i], (_, _) => { }, removed);

        // 2. The same identity.
        var pairs = new List<(int? Old, int? New)>();
        var left = new List<int>();
        Match(removed, added, i => Identity(name, old[i]), i => Identity(name, @new[i]), (o, n) => pairs.Add((o, n)), left);

        // 3. In order.
        var byPlace = isList && IdentityField(name) is not null ? 0 : Math.Min(left.Count, added.Count);
        for (var i = 0; i < Math.Max(left.Count, added.Count); i++)
        {
            if (i < byPlace) pairs.Add((left[i], added[i]));
            else
            {
                if (i < left.Count) pairs.Add((left[i], null));
                if (i < added.Count) pairs.Add((null, added[i]));
            }
        }

        foreach (var (o, n) in pairs.OrderBy(p => p.New ?? p.Old).ThenBy(p => p.Old))
            changes.Add(Change(name, isList ? n ?? o : null, o is { } from ? old[from] : null, n is { } to ? @new[to] : null));
    }

    /// <summary>Pairs what has the same key and takes it out of <paramref name="right"/>; what is left of the left side is collected.</summary>
    private static void Match<TKey>(
        IEnumerable<int> left, List<int> right, Func<int, TKey?> leftKey, Func<int, TKey?> rightKey, Action<int, int> pair, List<int> rest)
        where TKey : class
    {
        var byKey = new Dictionary<TKey, Queue<int>>();
        foreach (var r in right)
        {
            if (rightKey(r) is not { } key) continue;
            if (!byKey.TryGetValue(key, out var queue)) byKey.Add(key, queue = new Queue<int>());
            queue.Enqueue(r);
        }

        var taken = new HashSet<int>();
        foreach (var l in left.ToArray())
        {
            if (leftKey(l) is { } key && byKey.TryGetValue(key, out var queue) && queue.TryDequeue(out var r))
            {
                pair(l, r);
                taken.Add(r);
            }
            else
            {
                rest.Add(l);
            }
        }

        right.RemoveAll(taken.Contains);
    }

    private static PropertyChange Change(string name, int? index, PropertyValue? old, PropertyValue? @new)
    {
        var kind = old is null ? ChangeKind.Add : @new is null ? ChangeKind.Remove : ChangeKind.Modify;
        if (old?.Fields is { } before && @new?.Fields is { } after)
        {
            var gone = before.Keys.Where(k => !after.ContainsKey(k)).Select(k => KeyValuePair.Create(k, ""));
            @new = PropertyValue.OfFields(after.Where(f => before.GetValueOrDefault(f.Key) != f.Value).Concat(gone));
        }

        return new PropertyChange(kind, name, index, old, @new);
    }

    private static string? Identity(string name, PropertyValue value) => IdentityField(name) is { } field ? value.Field(field)?.ToLowerInvariant() : null;

    private static string? IdentityField(string name) => name switch
    {
        "attendee" => "email",
        "attach" => "uri",
        "exception" => "recurrence-id",
        "email" => "address",
        "tel" => "number",
        "url" or "impp" => "url",
        "member" => "uri",
        _ => null,
    };
}
