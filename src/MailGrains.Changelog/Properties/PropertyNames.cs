namespace MailGrains.Changelog.Properties;

/// <summary>One name for what the formats call differently.</summary>
internal static class PropertyNames
{
    private static readonly Dictionary<string, string> s_calendar = new(StringComparer.Ordinal)
    {
        ["dtstart"] = "start",
        ["dtend"] = "end",
        ["last-modified"] = "lastmodified-date",
        ["class"] = "classification",
        ["transp"] = "transparency",
    };

    private static readonly Dictionary<string, string> s_contact = new(StringComparer.Ordinal)
    {
        ["adr"] = "address",
        ["rev"] = "lastmodified-date",
    };

    private static readonly Dictionary<string, string> s_kolab = new(StringComparer.Ordinal)
    {
        ["creation-date"] = "created",
        ["last-modification-date"] = "lastmodified-date",
        ["sensitivity"] = "classification",
        ["body"] = "description",
        ["start-date"] = "start",
        ["end-date"] = "end",
        ["due-date"] = "due",
        ["show-time-as"] = "transparency",
        ["recurrence"] = "rrule",
        ["completed"] = "percent-complete",
        ["name"] = "n",
        ["phone"] = "tel",
        ["birthday"] = "bday",
        ["web-page"] = "url",
        ["job-title"] = "title",
        ["display-name"] = "name",
        ["smtp-address"] = "email",
    };

    /// <summary>What changes with every writing, or never.</summary>
    private static readonly HashSet<string> s_ignored = new(StringComparer.Ordinal)
    {
        "uid", "dtstamp", "prodid", "product-id", "version", "x-kolab-version", "pilot-sync-id", "pilot-sync-status",
    };

    public static string OfCalendar(string name) => s_calendar.GetValueOrDefault(name, name);

    public static string OfContact(string name) => s_contact.GetValueOrDefault(name, name);

    public static string OfKolab(string name) => s_kolab.GetValueOrDefault(name, name);

    public static bool IsIgnored(string name) => s_ignored.Contains(name);
}
