using MailGrains.Evidence.Notes;

namespace MailGrains.Evidence.Signing;

/// <summary>A signed checkpoint of one partition.</summary>
/// <param name="Size">Events it covers: those with positions from 1 to this.</param>
public sealed record LogCheckpoint(int Partition, long Size, SignedNote Note);
