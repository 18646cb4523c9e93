using MailGrains.Model;
using MailGrains.Model.Columns;
using MailGrains.Storage.Columns;
using MailGrains.Tampering.Tests.Engines;

namespace MailGrains.Tampering.Tests.Damage;

/// <summary>The rows of messages, of their contents, and of the names of their flags.</summary>
internal static class MessageChanges
{
    private const string Page = "page";
    private const string Email = "email";

    public static IEnumerable<MailboxChange> All => [.. Pages, .. Entries, .. Emails, .. Names];

    private static IEnumerable<MailboxChange> Pages =>
    [
        new(Page, "update data, by an octet", async v =>
        {
            var data = (await v.Copy.RowAsync(Page, v.Pages(Victim.Inbox)))["data"];
            await v.Copy.UpdateAsync(Page, v.Pages(Victim.Inbox), "data", Octets.Flipped(data, 30));
            return ["INBOX", "it can't be read, for the reason in the server's log"];
        })
        {
            Columns = ["data"],
        },
        new(Page, "delete one", async v =>
        {
            await v.Copy.DeleteAsync(Page, v.Pages(Victim.Inbox));
            return ["INBOX", "1: it is missing: by event "];
        }),
        new(Page, "update key, folder or mailbox", async v =>
        {
            await v.Copy.UpdateAsync(Page, v.Pages(Victim.Inbox), v.Copy is SqliteCopy ? "key" : "folder", v.Copy is SqliteCopy ? 1_000_000L + v.Number : 99);
            return ["INBOX", "it is missing: by event "];
        })
        {
            Columns = ["key", "mailbox", "folder"],
        },
        new(Page, "insert one", async v =>
        {
            var row = await v.Copy.RowAsync(Page, v.Pages(Victim.Inbox));
            var first = PageCodec.Decode((byte[])row["data"]!);
            var second = PageOf(first, [0], [MessagePage.Span + 1], 1);
            var place = v.Copy is SqliteCopy ? ("key", (object)((long)row["key"]! + 1)) : ("number", 1);
            await v.Copy.InsertLikeAsync(Page, v.Pages(Victim.Inbox), new Dictionary<string, object?> { [place.Item1] = place.Item2, ["data"] = PageCodec.Encode(second) });
            return ["INBOX", $"{MessagePage.Span + 1}: the log knows of no such message"];
        }),
        new(Page, "swap those of two folders", async v =>
        {
            await v.Copy.SwapAsync(Page, v.Pages(Victim.Inbox), v.Pages(Victim.Projects), "data");
            return ["INBOX", "2: the log knows of no such message"];
        }),
        new(Page, "truncate", async v =>
        {
            foreach (var folder in new[] { Victim.Inbox, Victim.Archive, Victim.Projects }) await v.Copy.RunAsync($"DELETE FROM {Page} WHERE {v.Pages(folder)}");
            return ["Archive", "1: it is missing: by event "];
        }),
    ];

    /// <summary>By somebody who knows what a page is made of.</summary>
    private static IEnumerable<MailboxChange> Entries =>
    [
        Entry("insert a message", page => PageOf(page, [.. Enumerable.Range(0, page.Count), page.Count - 1], uids: [.. page.Uids, 9]), "9: the log knows of no such message"),
        Entry("delete a message", page => PageOf(page, [1]), "1: it is missing: by event "),
        Entry("swap two messages", page => PageOf(page, [1, 0], page.Uids), "1: EMAILID is '4', by event"),
        Entry("update flags", page => Of(page, flags: [MessageFlags.Flagged, page.Flags[1]]), @"1: the flags are '\Flagged', by event", @"'\Seen $Important'"),
        Entry("update an UID", page => PageOf(page, [0, 1], [2, page.Uids[1]]), "2: the log knows of no such message"),
        Entry("update a MODSEQ", page => Of(page, modSeqs: [1, page.ModSeqs[1]]), "1: MODSEQ is '1', by event"),
        Entry("update an INTERNALDATE", page => Of(page, internalDates: [1, page.InternalDates[1]]), "1: INTERNALDATE is '1', by event"),
        Entry("update a SAVEDATE", page => Of(page, saveDates: [1, page.SaveDates[1]]), "1: SAVEDATE is '1', by event"),
        Entry("update a size", page => Of(page, sizes: [1, page.Sizes[1]]), "1: RFC822.SIZE is '1', by event"),
        Entry("update an EMAILID", page => Of(page, emails: [2, page.EmailIds[1]]), "1: EMAILID is '2', by event"),
    ];

    private static IEnumerable<MailboxChange> Emails =>
    [
        OfEmail("update body", async v => await v.Copy.UpdateAsync(Email, v.Email(1), "body", (await v.Copy.RowAsync(Email, v.Email(4)))["body"]), "1: the body is '", "body"),
        OfEmail("update prefix", async v => await v.Copy.UpdateAsync(Email, v.Email(1), "prefix", Octets.Flipped((await v.Copy.RowAsync(Email, v.Email(1)))["prefix"], 3)),
            "1: the lines before its body are not those of event", "prefix"),
        OfEmail("update summary", async v => await v.Copy.UpdateAsync(Email, v.Email(1), "summary", (await v.Copy.RowAsync(Email, v.Email(2)))["summary"]),
            "1: its summary is not that of its body", "summary"),
        OfEmail("update key or id", async v => await v.Copy.UpdateAsync(Email, v.Email(1), v.Copy is SqliteCopy ? "key" : "id", (v.Copy is SqliteCopy ? v.Number << 40 : 0) + 999),
            "1: its content is missing from the index", "key", "id", "mailbox"),
        OfEmail("delete one", v => v.Copy.DeleteAsync(Email, v.Email(1)), "1: its content is missing from the index"),
        OfEmail("swap two", v => v.Copy.SwapAsync(Email, v.Email(1), v.Email(4), "body", "prefix", "summary"), "1: the body is '"),
        OfEmail("truncate", async v =>
        {
            foreach (var email in new[] { 1, 2, 4 }) await v.Copy.DeleteAsync(Email, v.Email(email));
        }, "1: its content is missing from the index"),
    ];

    private static IEnumerable<MailboxChange> Names =>
    [
        Own("keyword", "update name", v => v.Copy.UpdateAsync("keyword", Keyword(v), "name", "$Phishing"), ["INBOX", @"1: the flags are '\Seen $Phishing', by event"], "name"),
        Own("keyword", "update bit", v => v.Copy.UpdateAsync("keyword", Keyword(v), "bit", 5), ["INBOX", @"1: the flags are '\Seen $Later', by event"], "bit"),
        Own("keyword", "swap two", v => v.Copy.SwapAsync("keyword", Keyword(v), $"{v.Own} AND bit = 1", "name"), ["INBOX", @"4: the flags are '\Draft $Important', by event"]),
        Own("keyword", "insert", v => v.Copy.InsertAsync("keyword", new Dictionary<string, object?> { ["mailbox"] = v.Number, ["bit"] = -1, ["name"] = "$Phishing" }),
            ["INBOX", @"1: the flags are '\Seen $Phishing', by event"]),
        Own("keyword", "delete one", v => v.Copy.DeleteAsync("keyword", Keyword(v)), ["INBOX", @"1: the flags are '\Seen $Later', by event"], "mailbox"),
        Own("keyword", "truncate", v => v.Copy.RunAsync($"DELETE FROM keyword WHERE {v.Own}"), ["INBOX", @"1: the flags are '\Seen', by event"]),
        Own("subscription", "update path", v => v.Copy.UpdateAsync("subscription", $"{v.Own} AND path = 'Work'", "path", "Forged"), ["Work", "its subscription is missing"], "path"),
        Own("subscription", "insert", v => v.Copy.InsertAsync("subscription", new Dictionary<string, object?> { ["mailbox"] = v.Number, ["path"] = "Forged" }),
            ["Forged", "the log knows of no subscription to it"]),
        Own("subscription", "delete one", v => v.Copy.DeleteAsync("subscription", $"{v.Own} AND path = 'Work'"), ["Work", "its subscription is missing"]),
        Own("subscription", "truncate", v => v.Copy.RunAsync($"DELETE FROM subscription WHERE {v.Own}"), ["INBOX", "its subscription is missing"], "mailbox"),
    ];

    private static string Keyword(Victim victim) => $"{victim.Own} AND bit = 0";

    private static MailboxChange Own(string table, string name, Func<Victim, Task> make, string[] clue, params string[] columns) => new(table, name, async v =>
    {
        await make(v);
        return clue;
    })
    {
        Columns = columns,
    };

    private static MailboxChange OfEmail(string name, Func<Victim, Task> make, string clue, params string[] columns) => Own(Email, name, make, ["INBOX", clue], columns);

    private static MailboxChange Entry(string name, Func<MessagePage, MessagePage> other, params string[] clue) => Own(
        Page,
        name,
        async v =>
        {
            var page = PageCodec.Decode((byte[])(await v.Copy.RowAsync(Page, v.Pages(Victim.Inbox)))["data"]!);
            await v.Copy.UpdateAsync(Page, v.Pages(Victim.Inbox), "data", PageCodec.Encode(other(page)));
        },
        ["INBOX", .. clue]);

    /// <summary>The entries at these places, with UIDs of their own or others.</summary>
    private static MessagePage PageOf(MessagePage page, int[] places, uint[]? uids = null, int number = 0) => new()
    {
        Number = number,
        Uids = uids ?? [.. places.Select(i => page.Uids[i])],
        Flags = [.. places.Select(i => page.Flags[i])],
        ModSeqs = [.. places.Select(i => page.ModSeqs[i])],
        InternalDates = [.. places.Select(i => page.InternalDates[i])],
        SaveDates = [.. places.Select(i => page.SaveDates[i])],
        Sizes = [.. places.Select(i => page.Sizes[i])],
        EmailIds = [.. places.Select(i => page.EmailIds[i])],
    };

    private static MessagePage Of(
        MessagePage page,
        MessageFlags[]? flags = null,
        long[]? modSeqs = null,
        long[]? internalDates = null,
        uint[]? saveDates = null,
        uint[]? sizes = null,
        long[]? emails = null) => new()
        {
            Number = page.Number,
            Uids = page.Uids,
            Flags = flags ?? page.Flags,
            ModSeqs = modSeqs ?? page.ModSeqs,
            InternalDates = internalDates ?? page.InternalDates,
            SaveDates = saveDates ?? page.SaveDates,
            Sizes = sizes ?? page.Sizes,
            EmailIds = emails ?? page.EmailIds,
        };
}
