using System.Collections.Frozen;
using System.Reflection;

namespace MailGrains.Storage.Sqlite.Native;

/// <summary>The embedded .sql files: statements by their names, migrations by their file names.</summary>
internal static class SqlText
{
    private const string NameMark = "-- name: ";

    private static readonly FrozenDictionary<string, string> Statements = Parse(Read("Statements.sql"));

    public static string Statement(string name) => Statements[name];

    public static IReadOnlyList<(string Name, string Text)> Scripts(string folder) =>
    [
        .. Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(n => n.StartsWith(folder + "/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(n => (n[(folder.Length + 1)..], Read(n))),
    ];

    private static string Read(string resource)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"Embedded file {resource} is missing.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static FrozenDictionary<string, string> Parse(string text) => text.Split(NameMark).Skip(1)
        .Select(section => section.Split('\n', 2))
        .ToFrozenDictionary(parts => parts[0].Trim(), parts => parts[1].Trim());
}
