namespace MailGrains.Evidence.Signing;

/// <summary>What is to be removed of a partition.</summary>
/// <param name="To">Events up to this position: whole tiles of what was signed.</param>
/// <param name="Latest">The latest time of any of them, or of those that were removed before.</param>
public sealed record LogCut(int Partition, long To, DateTimeOffset Latest);
