namespace MailGrains.Storage.Commit;

/// <summary>How much one group may hold. A group takes its first commit whatever its size.</summary>
/// <param name="Commits">Commits in a group.</param>
/// <param name="Bytes">Estimated octets of a group's rows, bodies not counted.</param>
public sealed record CommitterLimits(int Commits = 512, long Bytes = 8 << 20)
{
    /// <summary>
    /// A commit that has waited for so long fails rather than be sent. Shorter than callers of grains wait for their answer, so that they hear that nothing was
    /// done, instead of having to guess.
    /// </summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);
}
