using System.Collections.Frozen;
using System.Reflection;

namespace MailGrains.Storage.Relational;

/// <summary>An engine's embedded .sql files: the statements of those in no folder by the names above them, migrations by their file names.</summary>
public sealed class SqlText(Assembly engine)
{
    private const string NameMark = "-- name: ";

    private readonly FrozenDictionary<string, string> _statements = Parse(string.Concat(
        engine.GetManifestResourceNames()
            .Where(n => n.EndsWith(".sql", StringComparison.Ordinal) && !n.Contains('/', StringComparison.Ordinal))
            .Select(n => Read(engine, n))));

    public string Statement(string name) => _statements[name];

    /// <summary>The scripts of a folder, in their order.</summary>
    public IReadOnlyList<(string Name, string Text)> Scripts(string folder) =>
    [
        .. engine.GetManifestResourceNames()
            .Where(n => n.StartsWith(folder + "/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(n => (n[(folder.Length + 1)..], Read(engine, n))),
    ];

    private static string Read(Assembly engine, string resource)
    {
        using var stream = engine.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"Embedded file {resource} is missing.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static FrozenDictionary<string, string> Parse(string text) => text.Split(NameMark).Skip(1)
        .Select(section => section.Split('\n', 2))
        .ToFrozenDictionary(parts => parts[0].Trim(), parts => parts[1].Trim());
}
