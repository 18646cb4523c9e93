namespace MailGrains.Mime.Tests;

/// <summary>The real messages beside the repository: <c>shared/corpus</c>, or the folder MAILGRAINS_CORPUS names.</summary>
internal static class Corpus
{
    private static readonly Lazy<string> s_root = new(FindRoot);

    public static string Root => s_root.Value;

    /// <summary>Paths relative to the root, in a fixed order.</summary>
    public static TheoryData<string> Names => [.. All()];

    public static IReadOnlyList<string> All() =>
    [
        .. Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(Root, f))
            .Order(StringComparer.Ordinal),
    ];

    public static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(Root, name));

    private static string FindRoot()
    {
        if (Environment.GetEnvironmentVariable("MAILGRAINS_CORPUS") is { Length: > 0 } named)
            return Directory.Exists(named)
                ? named
                : throw new DirectoryNotFoundException($"MAILGRAINS_CORPUS names {named}, which is no folder.");
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "shared", "corpus");
            if (Directory.Exists(candidate))
                return candidate;
        }

        throw new DirectoryNotFoundException(
            $"No shared/corpus in any folder above {AppContext.BaseDirectory}; put it beside the repository or set MAILGRAINS_CORPUS.");
    }
}
