namespace MailGrains.TestKit;

/// <summary>The collection of real messages that lies beside the repository.</summary>
public static class Corpus
{
    private const string Variable = "MAILGRAINS_CORPUS";

    /// <summary>Full paths of all messages. Fails when there is no collection: a test without input proves nothing.</summary>
    public static IReadOnlyList<string> Files { get; } = Find();

    private static string[] Find()
    {
        var folder = Environment.GetEnvironmentVariable(Variable) ?? WalkUp();
        var files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*", SearchOption.AllDirectories) : [];
        Array.Sort(files, StringComparer.Ordinal);
        return files.Length > 0 ? files : throw new DirectoryNotFoundException($"No messages found in '{folder}': set {Variable} to the folder of the corpus.");
    }

    private static string WalkUp()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var corpus = Path.Combine(folder.FullName, "shared", "corpus");
            if (Directory.Exists(corpus))
                return corpus;
        }

        return Path.Combine("shared", "corpus");
    }
}
