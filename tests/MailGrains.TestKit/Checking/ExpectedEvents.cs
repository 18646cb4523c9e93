namespace MailGrains.TestKit.Checking;

/// <summary>What the event log must hold, after everything that clients were told and saw.</summary>
internal static class ExpectedEvents
{
    /// <summary>Number of events of each type.</summary>
    public static SortedDictionary<string, int> Count(IEnumerable<MessageHistory> histories)
    {
        var counts = new SortedDictionary<string, int>();
        foreach (var (type, count) in histories.SelectMany(h => h.Events)) counts[type] = counts.GetValueOrDefault(type) + count;
        return counts;
    }
}
