using System.Collections;
using Microsoft.Extensions.Configuration;

namespace MailGrains.Hosting.Settings;

/// <summary>
/// Gathers the settings: appsettings.json beside the program, then environment (<c>MAILGRAINS_Imap__Listen</c>), then arguments
/// (<c>--Imap:Listen=…</c>); the later wins. Anything it doesn't know is refused, so that a typing error is never a silent default.
/// </summary>
internal static class SettingsReader
{
    private const string Prefix = "MAILGRAINS_";

    /// <summary>Sections that belong to the framework and are passed through.</summary>
    private static readonly string[] Foreign = ["Logging"];

    /// <exception cref="SettingsException">An unknown key or a bad value; the message names it and where it came from.</exception>
    public static NodeSettings Read(IReadOnlyList<string> arguments, IConfiguration file, IDictionary environment)
    {
        var given = new Dictionary<string, (string Value, string Source)>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in file.AsEnumerable())
            if (value is not null) given[key] = (value, "appsettings.json");
        foreach (DictionaryEntry entry in environment)
        {
            var name = (string)entry.Key;
            if (!name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) || !name.Contains("__", StringComparison.Ordinal)) continue;
            given[name[Prefix.Length..].Replace("__", ":", StringComparison.Ordinal)] = ((string?)entry.Value ?? "", $"the environment ({name})");
        }

        var demo = false;
        foreach (var argument in arguments)
        {
            if (argument == "--demo")
            {
                demo = true;
                continue;
            }

            var (key, value) = Split(argument);
            given[key] = (value, "the arguments");
        }

        return Apply(given) with { Demo = demo };
    }

    private static (string Key, string Value) Split(string argument)
    {
        var equals = argument.IndexOf('=', StringComparison.Ordinal);
        if (!argument.StartsWith("--", StringComparison.Ordinal) || equals < 3)
            throw new SettingsException($"Unknown argument '{argument}': write --Key=value, or see --help.");
        return (argument[2..equals], argument[(equals + 1)..]);
    }

    private static NodeSettings Apply(Dictionary<string, (string Value, string Source)> given)
    {
        var settings = new NodeSettings();
        foreach (var setting in SettingTable.All)
        {
            var (value, source) = given.Remove(setting.Key, out var found) ? found : (setting.Default, "the default");
            try
            {
                settings = setting.Apply(settings, value.Trim());
            }
            catch (FormatException wrong)
            {
                throw new SettingsException($"{setting.Key} = '{value}' in {source}: {wrong.Message}.", wrong);
            }
        }

        settings = settings with
        {
            Subscribers = SubscriberSettings.Take(given),
            Retention = RetentionSettings.Take(given, settings.ArchiveEnabled),
        };
        ChangelogSettings.Check(settings);
        foreach (var (key, (_, source)) in given)
            if (!Foreign.Any(f => key.StartsWith(f, StringComparison.OrdinalIgnoreCase)))
                throw new SettingsException($"Unknown key '{key}' in {source}{Suggestion(key)}; --help lists all keys.");
        return settings;
    }

    private static string Suggestion(string key)
    {
        var last = key[(key.LastIndexOf(':') + 1)..];
        var near = SettingTable.All.FirstOrDefault(s => s.Key.EndsWith(":" + last, StringComparison.OrdinalIgnoreCase)
            || s.Key.StartsWith(key, StringComparison.OrdinalIgnoreCase));
        return near is null ? "" : $" (did you mean {near.Key}?)";
    }
}
