namespace MailGrains.Changelog.Reading;

/// <summary>Reads calendars and cards in XML (RFC 6321, RFC 6351) into the same components as their text forms.</summary>
internal static class XmlComponents
{
    /// <summary>Elements that hold a value of one type, RFC 6321 section 3.6 and RFC 6351 section 5.</summary>
    private static readonly HashSet<string> s_valueTypes = new(StringComparer.Ordinal)
    {
        "text", "uri", "date-time", "date", "time", "date-and-or-time", "timestamp", "cal-address", "duration", "integer", "float", "boolean", "binary",
        "period", "utc-offset", "language-tag", "unknown",
    };

    /// <summary>The calendar of an <c>icalendar</c> root.</summary>
    public static RawComponent? Calendar(XmlNode root)
    {
        if (root.Child("vcalendar") is not { } calendar) return null;
        var result = Component(calendar);

        // vcalendar, its components, their components (alarms): what is deeper has no meaning.
        foreach (var node in calendar.Child("components")?.Children ?? [])
        {
            var component = Component(node);
            result.Components.Add(component);
            foreach (var inner in node.Child("components")?.Children ?? []) component.Components.Add(Component(inner));
        }

        return result;
    }

    /// <summary>The first card of a <c>vcards</c> root.</summary>
    public static RawComponent? Card(XmlNode root)
    {
        if (root.Child("vcard") is not { } card) return null;
        var result = new RawComponent("vcard");
        foreach (var property in card.Children)
        {
            if (property.Name == "group") foreach (var grouped in property.Children) Add(result, grouped);
            else Add(result, property);
        }

        return result;
    }

    private static RawComponent Component(XmlNode node)
    {
        var component = new RawComponent(node.Name.ToLowerInvariant());
        foreach (var property in node.Child("properties")?.Children ?? []) Add(component, property);
        return component;
    }

    private static void Add(RawComponent component, XmlNode property)
    {
        var name = property.Name.ToLowerInvariant();
        var parameters = new List<KeyValuePair<string, string>>();
        foreach (var parameter in property.Child("parameters")?.Children ?? [])
            parameters.Add(new(parameter.Name.ToLowerInvariant(), parameter.LeafText(",")));

        var values = property.Children.FindAll(c => c.Name != "parameters");
        if (values.Find(v => v.Name == "recur") is { } rule) component.Properties.Add(new RawProperty(name, parameters, "", Fields(rule.Children)));
        else if (values.Count == 0) component.Properties.Add(new RawProperty(name, parameters, property.Text.Trim(), []));
        else if (values.TrueForAll(v => s_valueTypes.Contains(v.Name)))
            foreach (var value in values) component.Properties.Add(new RawProperty(name, parameters, Text(value), []));
        else component.Properties.Add(new RawProperty(name, parameters, "", Fields(values)));
    }

    /// <summary>Texts keep their blanks; what stands around other values is layout.</summary>
    private static string Text(XmlNode value) => value.Name == "text" && value.Children.Count == 0 ? value.Text : value.LeafText("/");

    /// <summary>Parts of the same name (BYDAY) are put together.</summary>
    private static List<KeyValuePair<string, string>> Fields(IEnumerable<XmlNode> parts) =>
        [.. parts.GroupBy(p => p.Name.ToLowerInvariant())
            .Select(g => new KeyValuePair<string, string>(g.Key, string.Join(",", g.Select(p => p.LeafText(",")).Where(t => t.Length > 0))))
            .Where(f => f.Value.Length > 0)];
}
