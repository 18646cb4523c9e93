using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MailGrains.Changelog.Properties;

/// <summary>A property's value: a text, or fields with texts.</summary>
public sealed class PropertyValue : IEquatable<PropertyValue>
{
    /// <summary>Characters that are kept of a text. Of longer ones (pictures, keys) the beginning and a hash tell whether they changed.</summary>
    public const int MaxCharacters = 16 * 1024;

    private PropertyValue(string? text, IReadOnlyDictionary<string, string>? fields)
    {
        Text = text;
        Fields = fields;
    }

    /// <summary>Null where there are fields.</summary>
    public string? Text { get; }

    /// <summary>In the order of their names; null where there is a text.</summary>
    public IReadOnlyDictionary<string, string>? Fields { get; }

    public static PropertyValue OfText(string text) => new(Shorten(text), null);

    /// <summary>Of several fields of one name the first counts.</summary>
    public static PropertyValue OfFields(IEnumerable<KeyValuePair<string, string>> fields)
    {
        var sorted = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in fields) sorted.TryAdd(name, Shorten(value));
        return new PropertyValue(null, sorted);
    }

    public string? Field(string name) => Fields?.GetValueOrDefault(name);

    public bool Equals(PropertyValue? other) => other is not null && Text == other.Text
        && (Fields is null ? other.Fields is null : other.Fields is not null && Fields.SequenceEqual(other.Fields));

    public override bool Equals(object? obj) => Equals(obj as PropertyValue);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(Text);
        foreach (var (name, value) in Fields ?? new Dictionary<string, string>())
        {
            hash.Add(name);
            hash.Add(value);
        }

        return hash.ToHashCode();
    }

    public override string ToString() => Text ?? string.Join("; ", Fields!.Select(f => $"{f.Key}={f.Value}"));

    private static string Shorten(string text)
    {
        if (text.Length <= MaxCharacters) return text;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        var kept = char.IsHighSurrogate(text[MaxCharacters - 1]) ? MaxCharacters - 1 : MaxCharacters;
        return string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, kept)}… ({text.Length} characters, SHA-256 {hash})");
    }
}
