using MailGrains.Model;

namespace MailGrains.Evidence.Export;

/// <summary>What an export wrote.</summary>
/// <param name="Collected">Bodies that were not there any more, each once.</param>
/// <param name="Damaged">Bodies that are stored but are not what they should be: the export has neither them nor an excuse, and does not verify.</param>
public sealed record ExportReport(long Events, long Checkpoints, long Bodies, long Collected, IReadOnlyList<BlobId> Damaged);
