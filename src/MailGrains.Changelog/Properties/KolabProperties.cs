using MailGrains.Changelog.Reading;

namespace MailGrains.Changelog.Properties;

/// <summary>The properties of objects in Kolab's own XML: all of version 2, and version 3's notes, files and configurations.</summary>
internal static class KolabProperties
{
    /// <summary>Longer paths are not made longer still: there may be many elements below.</summary>
    private const int LongPath = 200;

    public static List<ObjectProperty> Read(XmlNode root) =>
        [.. root.Children.Where(c => !PropertyNames.IsIgnored(c.Name)).Select(c => new ObjectProperty(PropertyNames.OfKolab(c.Name), ValueOf(c)))];

    private static PropertyValue ValueOf(XmlNode property)
    {
        if (property.Children.Count > 0 || property.Attributes.Count > 0) return PropertyValue.OfFields(Fields(property));
        return PropertyValue.OfText(CalendarTime.Normalize(property.Text, null));
    }

    /// <summary>Everything below, each under its path of names; values of one path are put together.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Fields(XmlNode property)
    {
        var fields = new List<KeyValuePair<string, string>>();
        var open = new Stack<(XmlNode Node, string Path)>([(property, "")]);
        while (open.TryPop(out var next))
        {
            var (node, path) = next;
            fields.AddRange(node.Attributes.Select(a => new KeyValuePair<string, string>(Below(path, a.Key), a.Value)));
            if (node.Text.Trim() is { Length: > 0 } text) fields.Add(new(path.Length > 0 ? path : "value", text));
            for (var i = node.Children.Count - 1; i >= 0; i--) open.Push((node.Children[i], Below(path, PropertyNames.OfKolab(node.Children[i].Name))));
        }

        return fields.GroupBy(f => f.Key).Select(g => new KeyValuePair<string, string>(g.Key, string.Join(", ", g.Select(f => f.Value))));
    }

    private static string Below(string path, string name) => path.Length > LongPath ? path : path.Length > 0 ? path + "/" + name : name;
}
