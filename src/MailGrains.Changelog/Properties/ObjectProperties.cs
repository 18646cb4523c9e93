using MailGrains.Changelog.Reading;

namespace MailGrains.Changelog.Properties;

/// <summary>
/// An object as a flat list of properties with the same names and notations, whichever format it is written in. What every program writes anew without
/// meaning a change (DTSTAMP, PRODID) is left out.
/// </summary>
public static class ObjectProperties
{
    /// <param name="payload">XML, iCalendar or vCard.</param>
    /// <param name="instance">The time of one occurrence of an event that recurs: its exception is read, or the event where there is none.</param>
    /// <returns>Null: the text can't be read.</returns>
    public static IReadOnlyList<ObjectProperty>? Read(string payload, string? instance = null)
    {
        if (ObjectDocument.TryRead(payload) is not { } document) return null;
        if (document.Kolab is { } root) return KolabProperties.Read(root);
        if (document.Component is not { } component) return null;
        if (component.Name == "vcard") return ContactProperties.Read(component);

        if (Digits(instance) is not { Length: > 0 } wanted) return CalendarProperties.Read(component, document.Exceptions);
        var exception = document.Exceptions.FirstOrDefault(e => Digits(e.Value("recurrence-id")) == wanted);
        return CalendarProperties.Read(exception ?? component, []);
    }

    /// <summary>Clients name an occurrence by its time without zone, and some without separators.</summary>
    private static string? Digits(string? time) => time is null ? null : string.Concat(time.Where(char.IsAsciiDigit));
}
