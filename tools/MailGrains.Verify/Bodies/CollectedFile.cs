using MailGrains.Verify.Files;

namespace MailGrains.Verify.Bodies;

/// <summary>collected.txt: the bodies that are rightly missing, and why. line = 64hex HTAB reason.</summary>
internal static class CollectedFile
{
    private const string Name = "collected.txt";
    private const int LineLimit = 4096;

    /// <summary>32 octets for each line; no file is none collected.</summary>
    public static HashSet<Digest> Read(ExportFolder folder, Report report)
    {
        var collected = new HashSet<Digest>();
        if (!folder.Has(Name)) return collected;
        try
        {
            using var lines = new LineReader(folder.Open(Name), LineLimit);
            while (lines.TryRead(out var line))
            {
                var isLine = line.Length > 2 * Digest.Length && line[2 * Digest.Length] == '\t';
                if (isLine && Digest.TryParse(line[..(2 * Digest.Length)]) is { } body) collected.Add(body);
                else report.Problem($"{Name}, line {lines.Number}", "it is no SHA-256 with a reason");
            }
        }
        catch (Exception failure) when (ExportFolder.IsUnreadable(failure))
        {
            report.Problem(Name, $"it can't be read to its end ({Printable.Of(failure.Message)})");
        }

        report.Collected = collected.Count;
        return collected;
    }
}
