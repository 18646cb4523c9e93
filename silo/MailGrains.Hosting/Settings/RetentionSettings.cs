using MailGrains.Records.Retention;

namespace MailGrains.Hosting.Settings;

/// <summary>
/// The keys below <c>Archive:Rules</c>, whose next part is a name the user gives: <c>Archive:Rules:mail:KeepFor</c>. Rules count in the order of their names.
/// </summary>
internal static class RetentionSettings
{
    private const string Section = "Archive:Rules:";

    /// <summary>Takes the keys out and makes rules of them.</summary>
    /// <exception cref="SettingsException">One of them is wrong, or there is none though there is an archive.</exception>
    public static RetentionPolicy Take(Dictionary<string, (string Value, string Source)> given, bool isArchiving)
    {
        var keys = given.Keys.Where(k => k.StartsWith(Section, StringComparison.OrdinalIgnoreCase)).ToArray();
        var byName = keys.Select(k => (Parts: k[Section.Length..].Split(':', 2), given[k].Value)).GroupBy(k => k.Parts[0], StringComparer.Ordinal);
        try
        {
            var rules = byName.OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => Parse(g.Key, g.Select(k => (k.Parts, k.Value)))).ToArray();
            if (isArchiving && rules.Length == 0)
            {
                throw new SettingsException(
                    "Archive:Enabled needs a rule that says how long messages are kept, such as Archive:Rules:all:KeepFor=10y, or =forever.");
            }

            return new RetentionPolicy(rules);
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

    private static RetentionRule Parse(string name, IEnumerable<(string[] Parts, string Value)> keys)
    {
        try
        {
            return RetentionRule.Parse(keys.Select(k => k.Parts.Length == 2
                ? KeyValuePair.Create(k.Parts[1], k.Value)
                : throw new FormatException("it needs keys below it, such as KeepFor")));
        }
        catch (FormatException wrong)
        {
            throw new FormatException($"Archive:Rules:{name}: {wrong.Message}", wrong);
        }
    }
}
