using MailGrains.Storage.Records;

namespace MailGrains.Changelog.Reading;

/// <summary>The text of an object, read.</summary>
internal sealed record ObjectDocument
{
    /// <summary>Null where the text doesn't tell.</summary>
    public GroupwareKind? Kind { get; init; }

    public string? Uid { get; init; }

    /// <summary>Of a calendar object, its own component; of a contact, the card.</summary>
    public RawComponent? Component { get; init; }

    /// <summary>Of an event that recurs: what is different at single times, each with a RECURRENCE-ID.</summary>
    public IReadOnlyList<RawComponent> Exceptions { get; init; } = [];

    /// <summary>Of an object in Kolab's own XML, its root element.</summary>
    public XmlNode? Kolab { get; init; }

    /// <summary>Reads an object's text by what it begins with, whatever its media type says. Null: it is none of the formats, or is damaged.</summary>
    public static ObjectDocument? TryRead(string text)
    {
        var start = text.AsSpan().TrimStart(" \t\r\n\uFEFF");
        if (start.StartsWith("<")) return XmlTree.TryRead(start.ToString()) is { } root ? OfXml(root) : null;
        if (!start.StartsWith("BEGIN:", StringComparison.OrdinalIgnoreCase)) return null;
        return ContentLines.TryRead(start.ToString()) switch
        {
            { Name: "vcalendar" } calendar => OfCalendar(calendar),
            { Name: "vcard" } card => OfCard(card),
            _ => null,
        };
    }

    private static ObjectDocument? OfXml(XmlNode root) => root.Name switch
    {
        "icalendar" => XmlComponents.Calendar(root) is { } calendar ? OfCalendar(calendar) : null,
        "vcards" => XmlComponents.Card(root) is { } card ? OfCard(card) : null,
        _ => new ObjectDocument { Kind = KolabTypes.KindOf(root.Name), Uid = PlainUid(root.Child("uid")?.LeafText("")), Kolab = root },
    };

    private static ObjectDocument? OfCalendar(RawComponent calendar)
    {
        // With a METHOD it is a message between calendars (RFC 5546), such as an invitation: no calendar keeps it (RFC 4791 section 4.1).
        if (!string.IsNullOrEmpty(calendar.Value("method"))) return null;
        if (calendar.Components.Find(c => KindOf(c) is not null) is not { } first) return null;
        var uid = first.Value("uid");
        var same = calendar.Components.FindAll(c => c.Name == first.Name && c.Value("uid") == uid);
        var own = same.Find(c => c.Value("recurrence-id") is null) ?? first;
        same.Remove(own);
        return new ObjectDocument { Kind = KindOf(own), Uid = PlainUid(uid), Component = own, Exceptions = same };
    }

    private static ObjectDocument OfCard(RawComponent card)
    {
        var kind = card.Value("kind") ?? card.Value("x-addressbookserver-kind");
        var isGroup = "group".Equals(kind?.Trim(), StringComparison.OrdinalIgnoreCase);
        return new ObjectDocument
        {
            Kind = isGroup ? GroupwareKind.DistributionList : GroupwareKind.Contact,
            Uid = PlainUid(card.Value("uid")),
            Component = card,
        };
    }

    private static GroupwareKind? KindOf(RawComponent component) => component.Name switch
    {
        "vevent" => GroupwareKind.Event,
        "vtodo" => GroupwareKind.Task,
        "vjournal" => GroupwareKind.Journal,
        _ => null,
    };

    /// <summary>Cards write a UUID as a URN; clients know the object by the UUID alone.</summary>
    private static string? PlainUid(string? uid)
    {
        const string Urn = "urn:uuid:";
        uid = uid?.Trim();
        if (uid is not null && uid.StartsWith(Urn, StringComparison.OrdinalIgnoreCase)) uid = uid[Urn.Length..];
        return uid is not null && GroupwareRow.IsUid(uid) ? uid : null;
    }
}
