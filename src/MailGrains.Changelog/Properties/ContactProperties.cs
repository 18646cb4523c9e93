using MailGrains.Changelog.Reading;

namespace MailGrains.Changelog.Properties;

/// <summary>The properties of contacts and distribution lists.</summary>
internal static class ContactProperties
{
    public static List<ObjectProperty> Read(RawComponent card) =>
        [.. card.Properties.Where(p => !PropertyNames.IsIgnored(p.Name)).Select(p => new ObjectProperty(PropertyNames.OfContact(p.Name), ValueOf(p)))];

    private static PropertyValue ValueOf(RawProperty raw)
    {
        switch (raw.Name)
        {
            case "email" or "tel" or "url" or "impp" or "key" or "related" or "member":
                return PropertyValue.OfFields([new(FieldOf(raw.Name), ContentOf(raw)), .. Parameters(raw)]);
            case "n" or "adr":
                return PropertyValue.OfFields([.. raw.Fields, .. Parameters(raw)]);
            case "bday" or "anniversary" or "rev":
                return PropertyValue.OfText(CalendarTime.Normalize(raw.Value, null));
            default:
                return raw.Fields.Count > 0 ? PropertyValue.OfFields(raw.Fields) : PropertyValue.OfText(raw.Value);
        }
    }

    private static string FieldOf(string name) => name switch
    {
        "email" => "address",
        "tel" => "number",
        "key" => "key",
        "url" or "impp" => "url",
        _ => "uri",
    };

    private static string ContentOf(RawProperty raw)
    {
        var value = raw.Value.Trim();
        if (raw.Name == "member") return MailtoAddress.Of(value);
        return raw.Name == "tel" && value.StartsWith("tel:", StringComparison.OrdinalIgnoreCase) ? value[4..] : value;
    }

    /// <summary>Types in one order and case, without the preference that version 3 puts among them.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Parameters(RawProperty raw)
    {
        var types = raw.Parameters.Where(p => p.Key == "type").SelectMany(p => p.Value.Split(',')).Select(t => t.Trim().ToLowerInvariant())
            .Where(t => t is not ("" or "pref" or "internet")).Distinct().Order(StringComparer.Ordinal);
        var joined = string.Join(",", types);
        if (joined.Length > 0) yield return new("type", joined);
        if (raw.Parameter("label") is { } label) yield return new("label", label);
    }
}
