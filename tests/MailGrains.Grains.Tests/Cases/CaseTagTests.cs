using System.Collections.Immutable;
using System.Text.Json;
using MailGrains.Grains.Contracts.Cases;
using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Grains.Contracts.Sessions;
using MailGrains.Grains.Tests.Mailboxes;
using MailGrains.Model;

namespace MailGrains.Grains.Tests.Cases;

/// <summary>Tags on more messages than one event, and more than one member of an event, has room for.</summary>
public sealed class CaseTagTests(MailboxCluster cluster)
{
    private const int Items = 2500;

    private static readonly SessionOrigin Officer = new() { Service = "http", Login = "officer@example.org" };

    [Fact]
    public async Task Many_messages_are_tagged_in_several_events_with_lists_that_go_on()
    {
        var id = Guid.NewGuid();
        var found = cluster.Grains.GetGrain<ICaseGrain>(id);
        await found.CreateAsync(new NewCase("Heron", null, TwoPeople: false), Act());
        await found.AddCustodiansAsync([new NewCustodian(AccountId.New(TimeProvider.System), "ada@example.org", null)], Act());
        ImmutableArray<ItemId> items = [.. Enumerable.Range(1_000_000, Items).Select(n => new ItemId(1, new EmailId(n)))];

        // Said twice: the first answer was lost.
        var act = Act();
        await found.TagAsync("responsive", items, tagged: true, act);
        var state = await found.TagAsync("responsive", items, tagged: true, act);

        Assert.Equal(items.ToHashSet(), state.Tags["responsive"]);
        var written = await EventsAsync(id);
        Assert.Equal(3, written.Count);
        Assert.Equal(items, written.SelectMany(ItemsIn));
        Assert.True(written[0].TryGetProperty("items2", out _));

        state = await found.TagAsync("responsive", [.. items.Skip(1)], tagged: false, Act());
        Assert.Equal([items[0]], state.Tags["responsive"].AsEnumerable());
    }

    [Fact]
    public async Task A_case_as_it_was_has_the_tags_of_then()
    {
        var id = Guid.NewGuid();
        var found = cluster.Grains.GetGrain<ICaseGrain>(id);
        await found.CreateAsync(new NewCase("Heron", null, TwoPeople: false), Act());
        await found.AddCustodiansAsync([new NewCustodian(AccountId.New(TimeProvider.System), "ada@example.org", null)], Act());
        var then = await found.TagAsync("responsive", [new ItemId(1, new EmailId(7))], tagged: true, Act());

        // As versions wrote it that did not say which events counted.
        await cluster.Mailbox(new CaseId(id).Log).RecordAsync(new AccountEvent
        {
            Type = AccountEventType.ExportCreated,
            Origin = Officer,
            Details = EventDetails.None.With("search", 1).With("format", "eml").With("items", 1).With("sha256", "00"),
        });
        await found.TagAsync("responsive", [new ItemId(1, new EmailId(7))], tagged: false, Act());

        var now = (await found.FindAsync())!;
        Assert.Empty(now.Tags);
        Assert.Equal(then.Sequence, Assert.Single(now.Exports).CaseSequence);
        Assert.Equal("responsive", Assert.Single((await found.FindAsOfAsync(then.Sequence))!.Tags).Key);
        Assert.Null(await found.FindAsOfAsync(0));
    }

    private static CaseAct Act() => new(Officer, Guid.NewGuid());

    /// <summary>A list as docs/events.md has it: <c>items</c>, <c>items2</c> and so on.</summary>
    private static IEnumerable<ItemId> ItemsIn(JsonElement written)
    {
        for (var part = 1; written.TryGetProperty(part == 1 ? "items" : $"items{part}", out var list); part++)
        {
            foreach (var text in list.GetString()!.Split(','))
            {
                Assert.True(ItemId.TryParse(text, out var item));
                yield return item;
            }
        }
    }

    private async Task<List<JsonElement>> EventsAsync(Guid id) =>
    [
        .. (await cluster.Store.ReadMailboxAsync(new CaseId(id).Log, 0, int.MaxValue, CancellationToken.None))
            .Where(e => e.Event.Type == "ItemsTagged").Select(e => JsonDocument.Parse(e.Event.Payload).RootElement),
    ];
}
