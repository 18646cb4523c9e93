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

    /// <summary>The types of events that are wanted, or null: all.</summary>
    public IReadOnlySet<string>? Types() => Names("Types") is { Count: > 0 } names ? names : null;

    /// <summary>Names separated by commas.</summary>
    public IReadOnlySet<string> Names(string key) =>
        new HashSet<string>(Text(key, "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries), StringComparer.Ordinal);

    /// <summary>One of a few words, in small letters.</summary>
    /// <exception cref="FormatException">It is none of them.</exception>
    public string Choice(string key, string otherwise, params IReadOnlyList<string> choices)
    {
        var chosen = Text(key, otherwise).ToLowerInvariant();
        return choices.Contains(chosen) ? chosen : throw Wrong(key, $"expected {string.Join(" or ", choices)}");
    }

    /// <summary><c>Structure</c>: whether ENVELOPE and BODYSTRUCTURE of messages that came are shown, for which they are read.</summary>
    /// <exception cref="FormatException">It is neither on nor off.</exception>
    public bool HasStructure() => Choice("Structure", "off", "on", "off") == "on";

    /// <summary>An address of a server. It has no password in it, which would be seen by all who see the configuration.</summary>
    /// <param name="schemes">Those that are possible, such as https.</param>
    /// <exception cref="FormatException">It is none; the message doesn't repeat it.</exception>
    public Uri Url(string key, params IReadOnlyList<string> schemes)
    {
        if (!Uri.TryCreate(Required(key), UriKind.Absolute, out var url) || !schemes.Contains(url.Scheme) || url.Host.Length == 0)
            throw Refused(key, $"expected an address that begins with {string.Join(" or ", schemes.Select(s => s + "://"))}");
        if (url.UserInfo.Contains(':', StringComparison.Ordinal)) throw Refused(key, "a password has no place in it; name a file that holds it");
        return url;
    }

    /// <summary>A file that holds a secret; null: the key isn't given.</summary>
    /// <exception cref="FormatException">It can't be read now, or holds nothing.</exception>
    public SecretFile? Secret(string key)
    {
        if (Text(key, "") is not { Length: > 0 } path) return null;
        var secret = new SecretFile(path);
        try
        {
            secret.Read();
        }
        catch (HandlerUnavailableException wrong)
        {
            throw Wrong(key, wrong.Message);
        }

        return secret;
    }

    /// <exception cref="FormatException">There are keys that nobody asked for.</exception>
    public void RefuseOthers()
    {
        if (_unused.Count > 0) throw new FormatException($"Subscribers:{Name} has no key '{_unused.Order(StringComparer.Ordinal).First()}'");
    }

    /// <summary>As <see cref="Wrong"/>, for values that may hold a secret: the message doesn't show them.</summary>
    public FormatException Refused(string key, string expected) => new($"Subscribers:{Name}:{key}: {expected}");

    /// <summary>What is wrong with a key's value.</summary>
    public FormatException Wrong(string key, string expected) =>
        new($"Subscribers:{Name}:{key} = '{_values.GetValueOrDefault(key, "")}': {expected}");
}
