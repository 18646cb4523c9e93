namespace MailGrains.Architecture.Tests;

/// <summary>The repository the tests were built from.</summary>
internal static class SourceTree
{
    private static readonly string[] Rooms = ["src", "grains", "frontends", "silo", "tools", "tests", "bench"];

    public static string Root { get; } = Find();

    /// <summary>All source files, by path relative to the root.</summary>
    public static IEnumerable<(string Path, string[] Lines)> Files(params string[] rooms) =>
        (rooms.Length == 0 ? Rooms : rooms)
            .SelectMany(room => Directory.EnumerateFiles(Path.Combine(Root, room), "*.cs", SearchOption.AllDirectories))
            .Where(path => !path.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"))
            .Select(path => (Path.GetRelativePath(Root, path), File.ReadAllLines(path)));

    public static IEnumerable<string> Projects() =>
        Rooms.SelectMany(room => Directory.EnumerateFiles(Path.Combine(Root, room), "*.csproj", SearchOption.AllDirectories));

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "MailGrains.sln"))) return folder.FullName;
        throw new DirectoryNotFoundException("MailGrains.sln is in no folder above " + AppContext.BaseDirectory);
    }
}
