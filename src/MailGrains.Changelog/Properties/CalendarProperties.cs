using MailGrains.Changelog.Reading;

namespace MailGrains.Changelog.Properties;

/// <summary>The properties of events, tasks and journals.</summary>
internal static class CalendarProperties
{
    /// <param name="exceptions">Each becomes one property <c>exception</c>.</param>
    public static List<ObjectProperty> Read(RawComponent component, IReadOnlyList<RawComponent> exceptions)
    {
        var properties = Own(component);
        foreach (var exception in exceptions)
        {
            var fields = Own(exception).Select(p => KeyValuePair.Create(p.Name, p.Value.ToString()));
            properties.Add(new ObjectProperty("exception", PropertyValue.OfFields(fields)));
        }

        return properties;
    }

    private static List<ObjectProperty> Own(RawComponent component)
    {
        var properties = new List<ObjectProperty>();
        foreach (var raw in component.Properties)
        {
            if (PropertyNames.IsIgnored(raw.Name)) continue;
            var name = PropertyNames.OfCalendar(raw.Name);
            properties.Add(new ObjectProperty(name, ValueOf(raw)));

            // A time can stay the same while its zone, by which it recurs, does not.
            if (IsTime(raw.Name) && CalendarTime.ZoneName(raw.Parameter("tzid")) is { } zone)
                properties.Add(new ObjectProperty(name + "-tzid", PropertyValue.OfText(zone)));
        }

        foreach (var alarm in component.Components.Where(c => c.Name == "valarm"))
            properties.Add(new ObjectProperty("alarm", PropertyValue.OfFields(alarm.Properties.Where(p => p.Name != "uid").SelectMany(AlarmField))));
        return properties;
    }

    private static bool IsTime(string name) =>
        name is "dtstart" or "dtend" or "due" or "created" or "completed" or "last-modified" or "exdate" or "rdate" or "recurrence-id";

    private static PropertyValue ValueOf(RawProperty raw) => raw.Name switch
    {
        "attendee" or "organizer" => PropertyValue.OfFields(Person(raw)),
        "attach" => PropertyValue.OfFields(Attachment(raw)),
        _ when raw.Fields.Count > 0 => PropertyValue.OfFields(raw.Fields.Select(f => f.Key == "until" ? new(f.Key, CalendarTime.Normalize(f.Value, null)) : f)),
        _ when IsTime(raw.Name) => PropertyValue.OfText(CalendarTime.Normalize(raw.Value, raw.Parameter("tzid"))),
        _ => PropertyValue.OfText(raw.Value),
    };

    private static IEnumerable<KeyValuePair<string, string>> Person(RawProperty raw)
    {
        yield return new("email", MailtoAddress.Of(raw.Value));
        foreach (var (name, value) in raw.Parameters)
        {
            // Whether an answer is wanted changes as soon as it is given.
            if (name == "rsvp") continue;
            yield return name switch
            {
                "cn" => new("name", value),
                "delegated-to" or "delegated-from" or "sent-by" => new(name, MailtoAddress.Of(value)),
                _ => new(name, value),
            };
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> Attachment(RawProperty raw)
    {
        var isInline = raw.Parameter("encoding") is not null || raw.Parameter("value") is "BINARY";
        yield return new(isInline ? "content" : "uri", raw.Value);
        foreach (var (name, value) in raw.Parameters)
            if (name is "fmttype" or "x-label" or "filename") yield return new(name == "fmttype" ? name : "label", value);
    }

    private static IEnumerable<KeyValuePair<string, string>> AlarmField(RawProperty raw)
    {
        yield return new(raw.Name, raw.Name is "attendee" ? MailtoAddress.Of(raw.Value) : raw.Value);
        if (raw.Name == "trigger" && raw.Parameter("related") is { } related) yield return new("related", related);
    }
}
