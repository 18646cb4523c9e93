using MailGrains.Records.Retention;

namespace MailGrains.Hosting.Settings;

/// <summary>
/// The keys below <c>Archive:Rules</c>, whose next part is a name the user gives: <c>Archive:Rules:mail:KeepFor</c>. Rules count in the order of their names.
/// </summary>
internal static class RetentionSettings
{
    /// <summary>Takes the keys out and makes rules of them.</summary>
    /// <exception cref="SettingsException">One of them is wrong, or there is none though there is an archive.</exception>
    public static RetentionPolicy Take(Dictionary<string, (string Value, string Source)> given, bool isArchiving)
    {
        var rules = NamedSections.Take(given, "Archive:Rules:", "KeepFor", Parse);
        if (isArchiving && rules.Count == 0)
        {
            throw new SettingsException(
                "Archive:Enabled needs a rule that says how long messages are kept, such as Archive:Rules:all:KeepFor=10y, or =forever.");
        }

        try
        {
            return new RetentionPolicy(rules);
        }
        catch (FormatException wrong)
        {
            throw new SettingsException(wrong.Message + ".", wrong);
        }
    }

    private static RetentionRule Parse(string name, IReadOnlyList<KeyValuePair<string, string>> keys)
    {
        try
        {
            return RetentionRule.Parse(keys);
        }
        catch (FormatException wrong)
        {
            throw new FormatException($"Archive:Rules:{name}: {wrong.Message}", wrong);
        }
    }
}
