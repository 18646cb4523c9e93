namespace MailGrains.Changelog.Properties;

/// <summary>Addresses as calendars write them: <c>mailto:ada@example.org</c>, and Kolab's <c>mailto:%3Cada%40example.org%3E</c>.</summary>
internal static class MailtoAddress
{
    private const string Scheme = "mailto:";

    public static string Of(string value)
    {
        value = value.Trim();
        if (value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) value = Uri.UnescapeDataString(value[Scheme.Length..]);
        return value is ['<', .. var inner, '>'] ? inner : value;
    }
}
