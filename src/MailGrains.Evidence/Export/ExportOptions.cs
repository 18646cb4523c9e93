using MailGrains.Evidence.Notes;

namespace MailGrains.Evidence.Export;

/// <summary>What an export says about its log.</summary>
/// <param name="LogName">The name that the origins of its checkpoints begin with.</param>
/// <param name="Key">The key its checkpoints are signed with. The export carries it along; whoever verifies should have it from elsewhere.</param>
public sealed record ExportOptions(string LogName, NoteVerifier Key)
{
    /// <summary>
    /// By partition, where its events begin now when not with the first; one that isn't in it is written as a whole. Asked at the beginning, and again where
    /// events are missing: another node may remove the oldest while they are exported.
    /// </summary>
    public Func<CancellationToken, Task<IReadOnlyDictionary<int, ExportStart>>> ReadStarts { get; init; } =
        _ => Task.FromResult<IReadOnlyDictionary<int, ExportStart>>(new Dictionary<int, ExportStart>());
}
