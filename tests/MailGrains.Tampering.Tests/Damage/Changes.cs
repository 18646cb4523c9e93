using Xunit;

namespace MailGrains.Tampering.Tests.Damage;

/// <summary>Everything that is done to what evidence rests on.</summary>
internal static class Changes
{
    public static IReadOnlyList<Change> All { get; } =
    [
        .. EventChanges.All, .. LogChanges.All, .. OwnerChanges.All, .. PositionChanges.All, .. StartChanges.All, .. BodyChanges.All, .. PackChanges.All,
        .. CheckpointChanges.All, .. KeptFileChanges.All,
    ];

    /// <summary>Table and name of those that an engine can be done.</summary>
    /// <param name="copy">The type of its copies.</param>
    public static TheoryData<string, string> Of(Type copy)
    {
        var data = new TheoryData<string, string>();
        foreach (var change in All.Where(c => c.Only is null || c.Only == copy)) data.Add(change.Table, change.Name);
        return data;
    }

    public static Change Named(string table, string name) => All.Single(change => change.Table == table && change.Name == name);
}
