using MailGrains.Evidence.Notes;

namespace MailGrains.Evidence.Export;

/// <summary>What an export says about its log.</summary>
/// <param name="LogName">The name that the origins of its checkpoints begin with.</param>
/// <param name="Key">The key its checkpoints are signed with. The export carries it along; whoever verifies should have it from elsewhere.</param>
public sealed record ExportOptions(string LogName, NoteVerifier Key)
{
    /// <summary>By partition, where its events begin when not with the first. A partition that isn't in it is written as a whole.</summary>
    public IReadOnlyDictionary<int, ExportStart> Starts { get; init; } = new Dictionary<int, ExportStart>();

    /// <summary>The log's oldest events are removed from time to time, perhaps while it is exported.</summary>
    public bool IsShortened { get; init; }
}
