namespace MailGrains.Cli.Mailstores;

/// <summary>One step of a walk through directories.</summary>
/// <param name="Files">By name; empty with a problem.</param>
/// <param name="Problem">Why the directory could not be listed, or null.</param>
internal sealed record ListedDirectory(string Path, IReadOnlyList<FileInfo> Files, string? Problem);
