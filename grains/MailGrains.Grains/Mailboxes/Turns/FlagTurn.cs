using MailGrains.Grains.Contracts.Messages;
using MailGrains.Grains.Mailboxes.Events;
using MailGrains.Grains.Mailboxes.State;
using MailGrains.Model;
using MailGrains.Model.Columns;

namespace MailGrains.Grains.Mailboxes.Turns;

/// <summary>STORE.</summary>
internal sealed class FlagTurn
{
    private readonly MailboxTurn _turn;
    private readonly StoreRequest _request;
    private readonly MessageFlags _flags;
    private readonly Dictionary<(MessageFlags Before, MessageFlags After), FlagGroup> _groups = [];
    private readonly UidSetBuilder _modified = new();
    private readonly List<MessagePage> _pages = [];
    private FlagGroup? _last;
    private Tally _tally;

    private FlagTurn(MailboxTurn turn, StoreRequest request)
    {
        _turn = turn;
        _request = request;
        _flags = request.Mode == StoreMode.Remove
            ? FlagNames.Known(turn.State.Keywords, request.Flags)
            : FlagNames.Add(turn, request.Flags);
    }

    /// <param name="Found">Messages of the set that exist.</param>
    /// <param name="Modified">Those of them UNCHANGEDSINCE left alone.</param>
    /// <param name="Changed">False when every message was as it was to become: then there is nothing to commit.</param>
    public readonly record struct Result(long Found, UidSet Modified, bool Changed);

    public static Result Apply(MailboxTurn turn, FolderId id, UidSet uids, StoreRequest request)
    {
        var store = new FlagTurn(turn, request);
        var folder = turn.Folder(id);
        var slices = folder.Messages.SlicesOfUids(uids);
        long found = 0;
        for (var i = 0; i < slices.Length;)
        {
            var page = slices[i].Page;
            var end = i + 1;
            while (end < slices.Length && ReferenceEquals(slices[end].Page, page)) end++;
            found += store.StorePage(page, slices.AsSpan(i, end - i));
            i = end;
        }

        var result = new Result(found, store._modified.Build(), store._pages.Count > 0);
        if (result.Changed) store.Finish(folder);
        return result;
    }

    /// <summary>What becomes of a message's flags.</summary>
    public static MessageFlags After(MessageFlags before, StoreMode mode, MessageFlags flags) => mode switch
    {
        StoreMode.Add => before | flags,
        StoreMode.Remove => before - flags,
        _ => flags,
    };

    private int StorePage(MessagePage page, ReadOnlySpan<MessageSlice> slices)
    {
        MessageFlags[]? flags = null;
        long[]? modSeqs = null;
        var found = 0;
        foreach (ref readonly var slice in slices)
        {
            found += slice.Count;
            for (var i = slice.Start; i < slice.Start + slice.Count; i++)
            {
                if (page.ModSeqs[i] > _request.UnchangedSince)
                {
                    _modified.Add(page.Uids[i]);
                    continue;
                }

                var before = page.Flags[i];
                var after = After(before);
                if (after == before) continue;
                flags ??= (MessageFlags[])page.Flags.Clone();
                modSeqs ??= (long[])page.ModSeqs.Clone();
                flags[i] = after;
                modSeqs[i] = _turn.ModSeq;
                _tally.Change(before, after);
                GroupOf(before, after).Uids.Add(page.Uids[i]);
            }
        }

        if (flags is not null) _pages.Add(PageEdit.WithFlags(page, flags, modSeqs!));
        return found;
    }

    private MessageFlags After(MessageFlags before) => After(before, _request.Mode, _flags);

    private FlagGroup GroupOf(MessageFlags before, MessageFlags after)
    {
        if (_last is { } last && last.Before == before && last.After == after) return last;
        if (!_groups.TryGetValue((before, after), out var group))
            _groups.Add((before, after), group = new FlagGroup(before, after, new UidSetBuilder()));
        return _last = group;
    }

    private void Finish(FolderState folder)
    {
        var row = _tally.AddTo(folder.Row) with { HighestModSeq = _turn.ModSeq };
        var after = folder with { Row = row, Messages = folder.Messages.With(_pages) };
        _turn.Set(after);
        FlagEvents.Changed(_turn, after, _groups.Values);
    }
}
