using System.Text;
using System.Text.RegularExpressions;

namespace MailGrains.TestKit.Transcripts;

/// <summary>The names a transcript has captured so far, and the lines that use them.</summary>
internal sealed partial class Captures(IReadOnlyDictionary<string, string> given)
{
    /// <summary>Stands for two angle brackets that are meant as such.</summary>
    public const string Escaped = "\uE000\uE001";

    private readonly Dictionary<string, string> _values = new(given, StringComparer.Ordinal);

    /// <summary>Fills in what was captured. An unknown name is a mistake in the transcript.</summary>
    public string Fill(string text) => Restore(Name().Replace(text, match =>
        _values.TryGetValue(match.Groups["name"].Value, out var value)
            ? value
            : throw new FormatException($"<<{match.Groups["name"].Value}>> has not been captured yet.")));

    /// <summary>Matches one line of the server; on success what it captures is kept.</summary>
    public bool Match(string expected, string actual)
    {
        var match = Regex.Match(actual, Pattern(expected), RegexOptions.CultureInvariant | RegexOptions.Singleline, TimeSpan.FromSeconds(5));
        if (!match.Success)
            return false;
        foreach (Group group in match.Groups)
        {
            if (!char.IsAsciiDigit(group.Name[0]))
                _values[group.Name] = group.Value;
        }

        return true;
    }

    private string Pattern(string expected)
    {
        var pattern = new StringBuilder("^");
        var position = 0;
        foreach (Match special in Special().Matches(expected))
        {
            pattern.Append(Regex.Escape(expected[position..special.Index]));
            var name = special.Groups["name"].Value;
            pattern.Append(name.Length == 0 ? $"(?:{special.Groups["regex"].Value})"
                : _values.TryGetValue(name, out var known) ? Regex.Escape(known)
                : $"(?<{name}>.+?)");
            position = special.Index + special.Length;
        }

        return pattern.Append(Regex.Escape(expected[position..])).Append('$').ToString();
    }

    private static string Restore(string text) => text.Replace(Escaped, "<<", StringComparison.Ordinal);

    [GeneratedRegex("<<(?<name>[A-Za-z][A-Za-z0-9]*)>>")]
    private static partial Regex Name();

    [GeneratedRegex(@"<<(?<name>[A-Za-z][A-Za-z0-9]*)>>|\{\{(?<regex>.*?)\}\}(?!\})")]
    private static partial Regex Special();
}
