namespace MailGrains.Verify.Files;

/// <summary>
/// Whether the folders of events and checkpoints have what belongs to the log's partitions and nothing else, which no other check would look at.
/// </summary>
internal static class LayoutCheck
{
    public static void Run(ExportFolder folder, LogFile log, Report report)
    {
        foreach (var name in folder.Names("events"))
            if (!IsOf(log, Partition(name, ".jsonl")) && !IsOf(log, Partition(name, ".start.json"))) Strange($"events/{name}", report);
        foreach (var name in folder.Names("checkpoints"))
            if (!IsOf(log, Partition(name, ""))) Strange($"checkpoints/{name}", report);
    }

    private static void Strange(string name, Report report) => report.Problem(Printable.Of(name), "it belongs to none of the log's partitions");

    private static bool IsOf(LogFile log, long? partition) => partition < log.Partitions;

    private static long? Partition(string name, string ending) =>
        name.EndsWith(ending, StringComparison.Ordinal) ? ExportFolder.Number(name.AsSpan(0, name.Length - ending.Length)) : null;
}
