using System.Collections.Immutable;
using MailGrains.Grains.Contracts.Cases;
using MailGrains.Grains.Contracts.Mailboxes;

namespace MailGrains.Grains.Cases;

/// <content>What officers get to see, written down before they do.</content>
internal sealed partial class CaseGrain
{
    public async Task<int> RecordSearchAsync(CaseSearch search, CaseAct act)
    {
        await OpenAsync();
        var details = EventDetails.None.With("query", search.Query).With("asOf", search.AsOf)
            .WithList("custodians", search.Custodians).WithList("sequences", search.Sequences)
            .With("hits", search.Hits).With("partial", search.Partial).With("unread", search.Unread);
        var state = await WriteAsync(AccountEventType.SearchPerformed, details, act);
        return NumberOf(state.Searches, s => s.Query == search.Query && s.Hits == search.Hits && s.Sequences.SequenceEqual(search.Sequences));
    }

    public async Task RecordPartialAsync(int search, CaseAct act)
    {
        var state = await ExistingAsync();
        if (search < 1 || search > state.Searches.Length) throw new CaseException(CaseError.NotFound, $"There is no search {search}.");
        await WriteAsync(AccountEventType.PartialListed, EventDetails.None.With("search", search), act);
    }

    public async Task RecordFoldersAsync(int custodian, DateTimeOffset? asOf, long sequence, CaseAct act)
    {
        var account = Found((await OpenAsync()).Custodian(custodian), $"There is no custodian {custodian}.").Account;
        var details = EventDetails.None.With("custodian", account.Value.ToString()).With("asOf", asOf).With("sequence", sequence);
        await WriteAsync(AccountEventType.FoldersListed, details, act);
    }

    public async Task RecordViewAsync(ItemId item, CaseAct act)
    {
        var custodian = Found((await ExistingAsync()).Custodian(item.Custodian), $"There is no custodian {item.Custodian}.");
        var details = EventDetails.None.With("item", item.ToString()).With("custodian", custodian.Account.Value.ToString());
        await WriteAsync(AccountEventType.MessageAccessed, details, act);
    }

    public async Task<int> RecordExportAsync(CaseExport export, CaseAct act)
    {
        var state = await OpenAsync();
        if (export.Search < 1 || export.Search > state.Searches.Length) throw new CaseException(CaseError.NotFound, $"There is no search {export.Search}.");
        var details = EventDetails.None.With("search", export.Search).With("tag", export.Tag).With("format", export.Format)
            .With("items", export.Items).With("sha256", export.Sha256).With("caseSequence", export.CaseSequence);
        state = await WriteAsync(AccountEventType.ExportCreated, details, act);
        return NumberOf(state.Exports, e => e.Search == export.Search && e.Sha256 == export.Sha256);
    }

    public async Task RecordFetchAsync(int export, CaseAct act)
    {
        var state = await ExistingAsync();
        if (export < 1 || export > state.Exports.Length) throw new CaseException(CaseError.NotFound, $"There is no export {export}.");
        var details = EventDetails.None.With("export", export).With("sha256", state.Exports[export - 1].Sha256);
        await WriteAsync(AccountEventType.ExportFetched, details, act);
    }

    /// <summary>Of what was just written; another may have come behind it.</summary>
    private static int NumberOf<T>(ImmutableArray<T> all, Func<T, bool> isIt)
    {
        for (var number = all.Length; number > 0; number--)
        {
            if (isIt(all[number - 1])) return number;
        }

        return all.Length;
    }
}
