namespace MailGrains.Hosting.Settings;

/// <summary>Sections whose names the user gives: <c>Subscribers:audit:Kind</c>, <c>Archive:Rules:mail:KeepFor</c>.</summary>
internal static class NamedSections
{
    /// <summary>Takes the keys below a section out and makes one thing of those of each name, in the order of the names.</summary>
    /// <param name="section">With a colon at its end.</param>
    /// <param name="sample">A key there could be below a name, for who gave none.</param>
    /// <exception cref="SettingsException">One of them can't be made; the message says why.</exception>
    public static IReadOnlyList<T> Take<T>(
        Dictionary<string, (string Value, string Source)> given,
        string section,
        string sample,
        Func<string, IReadOnlyList<KeyValuePair<string, string>>, T> make)
    {
        var keys = given.Keys.Where(k => k.StartsWith(section, StringComparison.OrdinalIgnoreCase)).ToArray();
        var byName = keys.Select(k => (Parts: k[section.Length..].Split(':', 2), given[k].Value)).GroupBy(k => k.Parts[0], StringComparer.Ordinal);
        try
        {
            return
            [
                .. byName.OrderBy(g => g.Key, StringComparer.Ordinal)
                    .Select(g => make(g.Key, [.. g.Select(k => Pair(section, sample, k.Parts, k.Value))])),
            ];
        }
        catch (FormatException wrong)
        {
            throw new SettingsException(wrong.Message + ".", wrong);
        }
        finally
        {
            foreach (var key in keys) given.Remove(key);
        }
    }

    private static KeyValuePair<string, string> Pair(string section, string sample, string[] parts, string value) => parts.Length == 2
        ? KeyValuePair.Create(parts[1], value)
        : throw new FormatException($"{section}{parts[0]} needs keys below it, such as {section}{parts[0]}:{sample}");
}
