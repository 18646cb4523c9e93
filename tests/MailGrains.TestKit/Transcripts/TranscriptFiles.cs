namespace MailGrains.TestKit.Transcripts;

/// <summary>The transcripts that lie beside a test assembly, under <c>Transcripts/</c>.</summary>
public static class TranscriptFiles
{
    /// <summary>Names of all transcripts of a folder, for a theory; never empty, so that a missing copy cannot pass for success.</summary>
    public static IReadOnlyList<string> In(string folder)
    {
        var names = Directory.Exists(PathOf(folder))
            ? Directory.GetFiles(PathOf(folder), "*.txt").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal).ToList()
            : [];
        return names.Count > 0 ? names : throw new DirectoryNotFoundException($"No transcripts in {PathOf(folder)}.");
    }

    public static Transcript Load(string folder, string name) => Transcript.Load(Path.Combine(PathOf(folder), name + ".txt"));

    private static string PathOf(string folder) => Path.Combine(AppContext.BaseDirectory, folder, "Transcripts");
}
