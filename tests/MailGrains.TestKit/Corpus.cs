using Xunit;

namespace MailGrains.TestKit;

/// <summary>The real messages beside the repository: <c>shared/corpus</c>, or the folder MAILGRAINS_CORPUS names.</summary>
public static class Corpus
{
    private const string Variable = "MAILGRAINS_CORPUS";

    private static readonly Lazy<string> Folder = new(Find);

    private static readonly Lazy<string[]> Paths = new(List);

    /// <summary>Full paths of all messages, in a fixed order. Fails when there is no collection: a test without input proves nothing.</summary>
    public static IReadOnlyList<string> Files => Paths.Value;

    /// <summary>The messages' paths within the collection, in the same order.</summary>
    public static IReadOnlyList<string> All() => Array.ConvertAll(Paths.Value, path => Path.GetRelativePath(Folder.Value, path));

    public static TheoryData<string> Names => [.. All()];

    public static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(Folder.Value, name));

    private static string[] List()
    {
        var files = Directory.GetFiles(Folder.Value, "*", SearchOption.AllDirectories);
        Array.Sort(files, StringComparer.Ordinal);
        return files.Length > 0 ? files : throw new DirectoryNotFoundException($"No messages in {Folder.Value}: set {Variable} to the folder of the corpus.");
    }

    private static string Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
            return Directory.Exists(named) ? named : throw new DirectoryNotFoundException($"{Variable} names {named}, which is no folder.");
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var corpus = Path.Combine(folder.FullName, "shared", "corpus");
            if (Directory.Exists(corpus)) return corpus;
        }

        throw new DirectoryNotFoundException(
            $"No shared/corpus in any folder above {AppContext.BaseDirectory}; put it beside the repository or set {Variable}.");
    }
}
