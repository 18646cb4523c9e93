using System.Globalization;

namespace MailGrains.Subscribers;

/// <summary>The configuration of one subscriber: <c>Subscribers:&lt;name&gt;:Key</c>. Keys are looked up without regard to case.</summary>
public sealed class SubscriberSection
{
    private const int LongestName = 100;

    private readonly Dictionary<string, string> _values;
    private readonly HashSet<string> _unused;

    /// <exception cref="FormatException">The name can't be one.</exception>
    public SubscriberSection(string name, IEnumerable<KeyValuePair<string, string>> values)
    {
        if (name.Length is 0 or > LongestName || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_'))
            throw new FormatException($"'{name}': a subscriber's name has up to {LongestName} letters, digits, dots, dashes and underscores");
        Name = name;
        _values = new Dictionary<string, string>(values, StringComparer.OrdinalIgnoreCase);
        _unused = new HashSet<string>(_values.Keys, StringComparer.OrdinalIgnoreCase);
    }

    public string Name { get; }

    /// <exception cref="FormatException">It is not there or empty.</exception>
    public string Required(string key) => Text(key, "") is { Length: > 0 } value ? value : throw Wrong(key, "expected a value");

    public string Text(string key, string otherwise)
    {
        _unused.Remove(key);
        return _values.GetValueOrDefault(key, otherwise).Trim();
    }

    /// <exception cref="FormatException">It is no number from <paramref name="least"/> to <paramref name="most"/>.</exception>
    public long Number(string key, long otherwise, long least, long most)
    {
        var text = Text(key, otherwise.ToString(CultureInfo.InvariantCulture));
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw Wrong(key, $"expected a number from {least} to {most}");
    }

    /// <exception cref="FormatException">It is neither.</exception>
    public StartPolicy Start(string key)
    {
        try
        {
            return StartPolicy.Parse(Text(key, "beginning"));
        }
        catch (FormatException wrong)
        {
            throw Wrong(key, wrong.Message);
        }
    }

    /// <exception cref="FormatException">There are keys that nobody asked for.</exception>
    public void RefuseOthers()
    {
        if (_unused.Count > 0) throw new FormatException($"Subscribers:{Name} has no key '{_unused.Order(StringComparer.Ordinal).First()}'");
    }

    /// <summary>What is wrong with a key's value.</summary>
    public FormatException Wrong(string key, string expected) =>
        new($"Subscribers:{Name}:{key} = '{_values.GetValueOrDefault(key, "")}': {expected}");
}
