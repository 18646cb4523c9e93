namespace MailGrains.Hosting.Settings;

/// <summary>One key of the configuration: the same in appsettings.json, environment and arguments.</summary>
/// <param name="Key">With colons: <c>Imap:Listen</c>.</param>
/// <param name="Default">As the user would write it; empty: off, or chosen by the product.</param>
/// <param name="Help">One sentence for <c>--help</c>.</param>
/// <param name="Apply">Reads the text into the settings; throws <see cref="FormatException"/> with what was expected.</param>
internal sealed record Setting(string Key, string Default, string Help, Func<NodeSettings, string, NodeSettings> Apply);
