namespace MailGrains.Frontends.Http.Evidence;

/// <summary>An export that was written.</summary>
/// <param name="Folder">On the node that wrote it.</param>
/// <param name="Damaged">SHA-256 of bodies that are not what they should be.</param>
/// <param name="NotSigned">Why the log as it is now was not signed; null: it was.</param>
internal sealed record ExportView(
    string Folder, long Events, long Checkpoints, long Bodies, long Collected, IReadOnlyList<string> Damaged, string? NotSigned);
