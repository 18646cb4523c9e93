namespace MailGrains.Cli.Api;

internal sealed record EvidenceExport(
    string Folder, long Events, long Checkpoints, long Bodies, long Collected, List<string> Damaged, string? NotSigned);
