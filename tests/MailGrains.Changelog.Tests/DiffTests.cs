using MailGrains.Changelog.Differences;
using MailGrains.Changelog.Properties;

namespace MailGrains.Changelog.Tests;

public sealed class DiffTests
{
    private const string Uid = "0015c5fe-9baf-0561-11e3-d584fa2894b7";

    private const string Carol =
        "<attendee><parameters><cn><text>Carol</text></cn></parameters><cal-address>mailto:%3Ccarol%40example.org%3E</cal-address></attendee>";

    [Fact]
    public void A_Kolab_event_has_the_properties_clients_know()
    {
        var properties = Sample.Properties(Sample.Read("event-v3"));
        Assert.Equal(
            [
                "created: 2026-03-02T08:15:00Z", "sequence: 0", "classification: PUBLIC", "categories: Arbeit", "categories: Müller & Söhne",
                "start: 2026-03-10T14:00:00+01:00", "start-tzid: Europe/Berlin", "end: 2026-03-10T15:00:00+01:00", "end-tzid: Europe/Berlin",
                "rrule: byday=TU,TH; count=6; freq=WEEKLY; interval=1", "summary: Besprechung", "description: Erste Zeile\nzweite Zeile",
                "location: Raum 3, Haus B", "organizer: email=ada@example.org; name=Ada Lovelace",
                "attendee: email=bob@example.org; name=Bob; partstat=NEEDS-ACTION; role=REQ-PARTICIPANT",
                "attach: fmttype=image/png; label=plan.png; uri=cid:plan.1394000000.1234.png",
                "alarm: action=DISPLAY; description=Besprechung; related=START; trigger=-PT15M",
                "exception: recurrence-id=2026-03-17T14:00:00+01:00; recurrence-id-tzid=Europe/Berlin; start=2026-03-17T16:00:00+01:00; "
                    + "start-tzid=Europe/Berlin; summary=Besprechung (später)",
            ],
            Lines(properties));
    }

    [Fact]
    public void A_task_in_text_has_them_too() => Assert.Equal(
        [
            "created: 2026-03-02T08:15:00Z", "lastmodified-date: 2026-03-02T08:15:00Z", "summary: Steuererklärung, dieses Jahr",
            "description: Eine lange Beschreibung, die über mehr als eine Zeile geht und in der Mitte eines Wortes umgebrochen ist.\nZweite Zeile.",
            "due: 2026-07-31T18:00:00+02:00", "due-tzid: Europe/Berlin", "percent-complete: 20", "status: IN-PROCESS", "categories: Privat",
            "categories: Geld, Steuern", "attendee: email=ada@example.org; name=Lovelace, Ada; partstat=ACCEPTED",
            "rrule: freq=YEARLY; until=2030-07-31T16:00:00Z", "alarm: action=DISPLAY; related=END; trigger=-PT1H",
        ],
        Lines(Sample.Properties(Sample.Read("task"))));

    [Fact]
    public void An_old_Kolab_event_has_them_as_far_as_they_are_the_same()
    {
        var properties = Lines(Sample.Properties(Sample.Read("event-v2")));
        Assert.Equal(
            [
                "description: Bitte pünktlich", "categories: Arbeit", "created: 2010-03-05T09:00:00Z", "lastmodified-date: 2010-03-05T09:00:00Z",
                "classification: public", "summary: Treffen", "location: Café", "organizer: email=ada@example.org; name=Ada Lovelace",
                "start: 2010-03-09T13:00:00Z", "end: 2010-03-09T14:00:00Z", "rrule: cycle=weekly; day=tuesday, thursday; interval=1; range=5; range/type=number",
                "transparency: busy", "attendee: email=bob@example.org; name=Bob; request-response=true; role=required; status=none",
            ],
            properties);
    }

    [Fact]
    public void A_contact_is_the_same_in_every_notation()
    {
        var three = Lines(Sample.Properties(Sample.Read("card3")));
        Assert.Equal(
            [
                "n: given=Charles; prefix=Mr.; suffix=FRS; surname=Babbage", "fn: Charles Babbage", "org: Analytical Engines", "org: Works",
                "email: address=charles@example.org; type=home", "tel: number=+44 20 7946 0000; type=cell",
                "address: code=W1U 4EE; country=UK; locality=London; street=1 Dorset Street; type=home", "bday: 1791-12-26",
                "note: Engines; differences\nand analysis", "lastmodified-date: 2026-03-02T08:15:00Z",
            ],
            three);
        Assert.Equal(three, Lines(Sample.Properties(Sample.Read("card4"))).Where(l => l != "kind: individual"));

        var kolab = Lines(Sample.Properties(Sample.Read("contact-v3")));
        Assert.Contains("n: given=Charles; surname=Babbage", kolab);
        Assert.Contains("email: address=charles@example.org; type=home", kolab);
        Assert.Contains("tel: number=+44 20 7946 0000; type=cell,voice", kolab);
        Assert.Contains("address: code=W1U 4EE; country=UK; locality=London; street=1 Dorset Street; type=home", kolab);
    }

    [Fact]
    public void A_revision_is_no_different_from_itself_and_rewriting_changes_nothing()
    {
        Assert.Empty(Diff(Sample.Read("event-v3"), Sample.Read("event-v3")));
        var rewritten = Sample.Changed("event-v3", "<dtstamp><date-time>2026-03-02T08:15:00Z", "<dtstamp><date-time>2026-03-03T10:00:00Z");
        Assert.Empty(Diff(Sample.Read("event-v3"), rewritten));
        Assert.Empty(Diff(Sample.Read("event-v3"), Sample.Changed("event-v3", "<rsvp><boolean>true", "<rsvp><boolean>false")));
        Assert.Empty(Diff(
            Sample.Read("event-v3"), Sample.Changed("event-v3", "<text>Arbeit</text><text>Müller &amp; Söhne</text>", "<text>Müller &amp; Söhne</text><text>Arbeit</text>")));
    }

    [Fact]
    public void Values_that_changed_are_told_with_both()
    {
        var newer = Sample.Changed("event-v3", "<location><text>Raum 3, Haus B", "<location><text>Raum 4");
        Assert.Equal(["Modify location: Raum 3, Haus B -> Raum 4"], Diff(Sample.Read("event-v3"), newer));
        Assert.Equal(["Modify location: Raum 4 -> Raum 3, Haus B"], Diff(newer, Sample.Read("event-v3")));
    }

    [Fact]
    public void Properties_come_and_go()
    {
        var newer = Sample.Changed("event-v3", "<location><text>Raum 3, Haus B</text></location>", "<priority><integer>1</integer></priority>");
        Assert.Equal(["Remove location: Raum 3, Haus B -> ", "Add priority:  -> 1"], Diff(Sample.Read("event-v3"), newer));
    }

    [Fact]
    public void Of_fields_those_that_differ_are_told_and_those_that_are_gone_are_empty()
    {
        var accepted = Sample.Changed("event-v3", "NEEDS-ACTION", "ACCEPTED");
        Assert.Equal(
            ["Modify attendee: email=bob@example.org; name=Bob; partstat=NEEDS-ACTION; role=REQ-PARTICIPANT -> partstat=ACCEPTED"],
            Diff(Sample.Read("event-v3"), accepted));

        var forever = Sample.Changed("event-v3", "<count>6</count><interval>1</interval>", "<interval>2</interval>");
        Assert.Equal(
            ["Modify rrule: byday=TU,TH; count=6; freq=WEEKLY; interval=1 -> count=; interval=2"], Diff(Sample.Read("event-v3"), forever));
    }

    [Fact]
    public void A_guest_among_others_is_known_by_the_address()
    {
        var two = Sample.Changed("event-v3", "<attach>", Carol + "<attach>");
        Assert.Equal(["Add attendee[1]:  -> email=carol@example.org; name=Carol"], Diff(Sample.Read("event-v3"), two));
        Assert.Equal(["Remove attendee[1]: email=carol@example.org; name=Carol -> "], Diff(two, Sample.Read("event-v3")));

        // Carol first, and Bob has accepted.
        var other = Sample.Changed("event-v3", "<attendee>", Carol + "<attendee>");
        other = Sample.Bytes(System.Text.Encoding.UTF8.GetString(other).Replace("NEEDS-ACTION", "ACCEPTED", StringComparison.Ordinal));
        Assert.Equal(
            ["Modify attendee[1]: email=bob@example.org; name=Bob; partstat=NEEDS-ACTION; role=REQ-PARTICIPANT -> partstat=ACCEPTED"], Diff(two, other));
    }

    [Fact]
    public void A_category_among_others_is_replaced_at_its_place()
    {
        var newer = Sample.Changed("event-v3", "<text>Arbeit</text>", "<text>Privat</text>");
        Assert.Equal(["Modify categories[0]: Arbeit -> Privat"], Diff(Sample.Read("event-v3"), newer));
        var fewer = Sample.Changed("event-v3", "<text>Arbeit</text><text>", "<text>");
        Assert.Equal(["Remove categories[0]: Arbeit -> "], Diff(Sample.Read("event-v3"), fewer));
    }

    [Fact]
    public void A_zone_that_changes_at_the_same_offset_is_a_change()
    {
        var paris = Sample.Changed("event-v3", "/kolab.org/Europe/Berlin", "/kolab.org/Europe/Paris");
        Assert.Contains("Modify start-tzid: Europe/Berlin -> Europe/Paris", Diff(Sample.Read("event-v3"), paris));
        Assert.DoesNotContain(Diff(Sample.Read("event-v3"), paris), c => c.StartsWith("Modify start:", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("/etc/passwd")]
    [InlineData("Mars/Olympus")]
    [InlineData("Customized Time Zone")]
    public void Times_of_zones_that_are_not_known_stay_local(string zone)
    {
        var properties = Lines(Sample.Properties(Sample.Changed("task", "DUE;TZID=Europe/Berlin", $"DUE;TZID={zone}")));
        Assert.Contains("due: 2026-07-31T18:00:00", properties);
        Assert.Contains("due-tzid: " + zone, properties);
    }

    [Theory]
    [InlineData("2026-03-17T14:00:00")]
    [InlineData("20260317T140000")]
    public void One_occurrence_is_compared_alone(string instance)
    {
        var newer = Sample.Changed("event-v3", "Besprechung (später)", "Besprechung (viel später)");
        Assert.Equal(
            ["Modify summary: Besprechung (später) -> Besprechung (viel später)"],
            Diff(Sample.Properties(Sample.Read("event-v3"), instance), Sample.Properties(newer, instance)));
        Assert.Empty(Diff(Sample.Properties(Sample.Read("event-v3"), "20260324T140000"), Sample.Properties(newer, "20260324T140000")));

        var change = Assert.Single(ObjectDiff.Compare(Sample.Properties(Sample.Read("event-v3")), Sample.Properties(newer)));
        Assert.Equal(("exception", "summary=Besprechung (viel später)"), (change.Property, change.New!.ToString()));
    }

    [Fact]
    public void An_object_can_be_compared_across_notations()
    {
        var ical = Sample.Bytes(
            "Content-Type: text/calendar; charset=utf-8\n\nBEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:" + Uid + "\nCREATED:20260302T081500Z\nSEQUENCE:0\nCLASS:PUBLIC\n"
            + "CATEGORIES:Müller & Söhne,Arbeit\nDTSTART;TZID=Europe/Berlin:20260310T140000\nDTEND;TZID=Europe/Berlin:20260310T150000\n"
            + "RRULE:FREQ=WEEKLY;COUNT=6;INTERVAL=1;BYDAY=TU,TH\nSUMMARY:Besprechung\nDESCRIPTION:Erste Zeile\\nzweite Zeile\nLOCATION:Raum 3\\, Haus B\n"
            + "ORGANIZER;CN=Ada Lovelace:mailto:ada@example.org\nATTENDEE;CN=Bob;PARTSTAT=NEEDS-ACTION;ROLE=REQ-PARTICIPANT;RSVP=TRUE:mailto:bob@example.org\n"
            + "ATTACH;FMTTYPE=image/png;X-LABEL=plan.png:cid:plan.1394000000.1234.png\nBEGIN:VALARM\nACTION:DISPLAY\nDESCRIPTION:Besprechung\n"
            + "TRIGGER;RELATED=START:-PT15M\nEND:VALARM\nEND:VEVENT\nBEGIN:VEVENT\nUID:" + Uid + "\nDTSTART;TZID=Europe/Berlin:20260317T160000\n"
            + "SUMMARY:Besprechung (später)\nRECURRENCE-ID;TZID=Europe/Berlin:20260317T140000\nEND:VEVENT\nEND:VCALENDAR\n");
        Assert.Empty(Diff(Sample.Read("event-v3"), ical));
    }

    [Fact]
    public void A_value_that_is_very_long_is_cut_and_its_changes_are_seen_all_the_same()
    {
        byte[] Card(string photo) => Sample.Changed("card3", "NOTE:Engines", $"PHOTO;ENCODING=b:{photo}\nNOTE:Engines");
        var (one, two) = (new string('A', 100_000) + "B", new string('A', 100_000) + "C");
        var change = Assert.Single(ObjectDiff.Compare(Sample.Properties(Card(one)), Sample.Properties(Card(two))));
        Assert.Equal("photo", change.Property);
        Assert.InRange(change.New!.Text!.Length, PropertyValue.MaxCharacters, PropertyValue.MaxCharacters + 200);
        Assert.Empty(Diff(Card(one), Card(one)));
    }

    private static List<string> Lines(IEnumerable<ObjectProperty> properties) => [.. properties.Select(p => $"{p.Name}: {p.Value}")];

    private static List<string> Diff(byte[] older, byte[] newer) => Diff(Sample.Properties(older), Sample.Properties(newer));

    private static List<string> Diff(IReadOnlyList<ObjectProperty> older, IReadOnlyList<ObjectProperty> newer) =>
        [.. ObjectDiff.Compare(older, newer).Select(c => $"{c.Kind} {c.Property}{(c.Index is { } i ? $"[{i}]" : "")}: {c.Old} -> {c.New}")];
}
