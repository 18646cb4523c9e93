using System.Collections.Immutable;
using System.Text.Json;
using MailGrains.Grains.Contracts.Cases;
using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Model;
using MailGrains.Storage.Events;

namespace MailGrains.Grains.Cases;

/// <summary>Reads the events of a case's log, one after the other, into what the case is. Pure; what it doesn't know it passes over.</summary>
internal static class CaseFold
{
    /// <summary>null as long as the case wasn't opened.</summary>
    public static CaseState? Apply(CaseId id, CaseState? state, EventWrite written)
    {
        if (!Enum.TryParse<AccountEventType>(written.Type, out var type)) return state;
        using var json = JsonDocument.Parse(written.Payload);
        var said = new CaseEvent(json.RootElement, written.At);
        var next = state is null ? type == AccountEventType.CaseCreate ? Created(id, said) : null : Next(state, type, said, written.Sequence);
        return next is null ? null : next with { Sequence = written.Sequence };
    }

    private static CaseState Next(CaseState state, AccountEventType type, CaseEvent said, long sequence) => type switch
    {
        AccountEventType.CaseClose => state with { IsClosed = true, ClosedIn = said.Act },
        AccountEventType.CustodianAdd => Added(state, said),
        AccountEventType.HoldApplied => Held(state, said),
        AccountEventType.HoldReleaseAsked => Changed(state, said, c => AskedToRelease(c, said)),
        AccountEventType.HoldReleased => Changed(state, said, c => Released(c, said)),
        AccountEventType.SearchPerformed => state with { Searches = state.Searches.Add(Search(state, said)) },
        AccountEventType.ExportCreated => state with { Exports = state.Exports.Add(Export(state, said, sequence)) },
        AccountEventType.ItemsTagged => Tagged(state, said, (tags, items) => tags.Union(items)),
        AccountEventType.ItemsUntagged => Tagged(state, said, (tags, items) => tags.Except(items)),
        _ => state,
    };

    private static CaseState Created(CaseId id, CaseEvent said) => new()
    {
        Id = id,
        Name = said.Text("name") ?? "",
        Description = said.Text("description"),
        TwoPeople = said.Number("twoPeople") == 1,
        CreatedAt = said.At,
        CreatedBy = said.By,
    };

    private static CaseState Added(CaseState state, CaseEvent said)
    {
        if (!AccountId.TryParse(said.Text("custodian"), out var account) || state.Custodians.Any(c => c.Account == account)) return state;
        var custodian = new Custodian
        {
            Number = state.Custodians.Length + 1,
            Account = account,
            Address = said.Text("custodianAddress") ?? "",
            Group = said.Text("group"),
            AsOf = said.Time("asOf"),
        };
        return state with { Custodians = state.Custodians.Add(custodian) };
    }

    /// <summary>Asking for the release of a hold is taken back by holding again.</summary>
    private static CaseState Held(CaseState state, CaseEvent said) => Changed(state, said, c => c.Hold switch
    {
        HoldStatus.Held => c,
        HoldStatus.ReleaseAsked => c with { Hold = HoldStatus.Held, ReleaseAskedBy = null, ReleaseAskedById = null, HoldAt = said.At },
        _ => c with { Hold = HoldStatus.Held, HoldChanges = c.HoldChanges + 1, HoldAt = said.At },
    });

    private static Custodian AskedToRelease(Custodian custodian, CaseEvent said) => custodian with
    {
        Hold = HoldStatus.ReleaseAsked,
        ReleaseAskedBy = said.By,
        ReleaseAskedById = said.ById,
        ReleaseAskedIn = said.Act,
        HoldAt = said.At,
    };

    private static Custodian Released(Custodian custodian, CaseEvent said) => custodian.Hold is HoldStatus.None or HoldStatus.Released
        ? custodian
        : custodian with
        {
            Hold = HoldStatus.Released,
            ReleaseAskedBy = null,
            ReleaseAskedById = null,
            HoldChanges = custodian.HoldChanges + 1,
            HoldAt = said.At,
        };

    private static CaseState Changed(CaseState state, CaseEvent said, Func<Custodian, Custodian> change)
    {
        var custodians = state.Custodians.ToBuilder();
        foreach (var number in said.Numbers("custodians"))
        {
            if (number >= 1 && number <= custodians.Count) custodians[(int)number - 1] = change(custodians[(int)number - 1]);
        }

        return state with { Custodians = custodians.ToImmutable() };
    }

    private static CaseSearch Search(CaseState state, CaseEvent said) => new()
    {
        Number = state.Searches.Length + 1,
        Query = said.Text("query") ?? "",
        AsOf = said.Time("asOf"),
        Custodians = [.. said.Numbers("custodians").Select(n => (int)n)],
        Sequences = said.Numbers("sequences"),
        Hits = said.Number("hits"),
        Partial = said.Number("partial"),
        Unread = said.Number("unread"),
        By = said.By,
        At = said.At,
    };

    private static CaseExport Export(CaseState state, CaseEvent said, long sequence) => new()
    {
        Number = state.Exports.Length + 1,
        Search = (int)said.Number("search"),
        Tag = said.Text("tag"),
        Format = said.Text("format") ?? "",
        Items = said.Number("items"),
        Sha256 = said.Text("sha256") ?? "",
        By = said.By,
        At = said.At,

        // An export of a version that did not say: the tags are those of when it was entered.
        CaseSequence = said.Number("caseSequence") is > 0 and var counted ? counted : sequence - 1,
    };

    private static CaseState Tagged(
        CaseState state, CaseEvent said, Func<ImmutableHashSet<ItemId>, IEnumerable<ItemId>, ImmutableHashSet<ItemId>> change)
    {
        if (said.Text("tag") is not { } tag) return state;
        var items = change(state.Tags.GetValueOrDefault(tag, []), said.Items("items"));
        return state with { Tags = items.IsEmpty ? state.Tags.Remove(tag) : state.Tags.SetItem(tag, items) };
    }
}
