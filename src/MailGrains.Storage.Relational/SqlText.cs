using System.Collections.Frozen;
using System.Reflection;

namespace MailGrains.Storage.Relational;

/// <summary>
/// An engine's embedded .sql files: the statements of those in no folder by the names above them, migrations by their file names. Behind its name a
/// statement may declare its parameters in parentheses.
/// </summary>
public sealed class SqlText(Assembly engine)
{
    private const string NameMark = "-- name: ";

    private readonly FrozenDictionary<string, (string Parameters, string Text)> _statements = Parse(
        engine.GetManifestResourceNames()
            .Where(n => n.EndsWith(".sql", StringComparison.Ordinal) && !n.Contains('/', StringComparison.Ordinal))
            .Select(n => Read(engine, n)));

    public IEnumerable<string> Names => _statements.Keys;

    public string Statement(string name) => _statements[name].Text;

    /// <summary>As declared, without the parentheses.</summary>
    public string Parameters(string name) => _statements[name].Parameters;

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

    private static FrozenDictionary<string, (string Parameters, string Text)> Parse(IEnumerable<string> files) => files
        .SelectMany(text => text.Split(NameMark).Skip(1))
        .Select(section => section.Split('\n', 2))
        .Select(parts => (Head: parts[0].Trim().Split(" (", 2), Text: parts[1].Trim()))
        .ToFrozenDictionary(s => s.Head[0], s => (s.Head.Length > 1 ? s.Head[1][..^1] : "", s.Text));
}
