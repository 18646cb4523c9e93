using System.Collections.Immutable;
using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Grains.Contracts.Messages;
using MailGrains.Grains.Contracts.Sessions;
using MailGrains.Grains.Mailboxes.Events;
using MailGrains.Grains.Mailboxes.Quotas;
using MailGrains.Grains.Mailboxes.Sessions;
using MailGrains.Grains.Mailboxes.State;
using MailGrains.Grains.Mailboxes.Turns;
using MailGrains.Model;
using MailGrains.Model.Columns;

namespace MailGrains.Grains.Mailboxes;

/// <content>The selected folder and its messages.</content>
internal sealed partial class MailboxGrain
{
    public async Task<SelectedFolder> SelectAsync(SessionId session, SelectRequest request)
    {
        var selecting = Session(session);
        selecting.Selection = null;
        var path = request.Folder is null ? Normal(request.Path) : "";
        while (_loader.Readable() is { } claiming) await claiming;
        while (Find() is { } found && _loader.WholePublished(found.Row.Id) is { } loading) await loading;

        var folder = Find() ?? throw MailboxFault.NonExistent();
        var selection = new Selection(folder, Published.Keywords, request.ReadOnly);
        selecting.Selection = selection;
        var selected = SelectAnswer.Of(folder, Published.Keywords, _pipeline.Recent.Take(folder, claim: !request.ReadOnly));
        if (request.Resync is not { } resync || resync.UidValidity != folder.Row.UidValidity) return selected;
        try
        {
            return SelectAnswer.Resynchronized(selected, folder, resync, await ExpungedSinceAsync(folder, resync.ModSeq));
        }
        catch (MailboxException)
        {
            selecting.Selection = null;
            throw;
        }

        FolderState? Find() => request.Folder is { } id ? Published.Folders.GetValueOrDefault(id) : Published.Find(path);
    }

    public Task UnselectAsync(SessionId session)
    {
        Session(session).Selection = null;
        return Task.CompletedTask;
    }

    public async Task<SessionUpdates> SyncAsync(SessionId session, UpdateScope scope)
    {
        var syncing = Session(session);
        return await AdvanceAsync(syncing, syncing.Selection, scope);
    }

    public async Task<RowsResult> RowsAsync(SessionId session, RowsRequest request)
    {
        var reading = Session(session);
        var selection = Selected(reading);
        while (_loader.WholePublished(selection.Folder) is { } loading) await loading;

        var folder = Published.Folders.GetValueOrDefault(selection.Folder);
        var known = selection.View;
        var highest = folder?.Row.HighestModSeq ?? 0;

        // Numbered as the client numbers them, with flags as they are now; expunged ones as they were.
        var current = folder is null ? known : ViewChange.Between(known, folder.Messages).WithGhosts;
        var slices = known.Resolve(request.Set, request.ByUid);
        if (!ReferenceEquals(current, known)) slices = current.SlicesOfUids(UidSets.Of(slices));
        if (request.ChangedSince is { } since) slices = UidSets.ChangedSince(slices, since);

        var updates = Advance(reading, selection, request.Scope);
        var keywords = Published.Keywords;
        UidSet? vanished = null;
        if (request is { Vanished: true, ByUid: true, ChangedSince: { } from } && folder is not null)
        {
            var asked = request.Set.Resolve(Math.Max(known.LastUid, 1));
            var expunged = await ExpungedSinceAsync(folder, from);
            vanished = UidSet.Except(UidSet.Intersect(expunged, asked), UidSets.Of(known.SlicesOfUids(asked)));
        }

        if (request.Content != ContentAccess.None && _audit.MessageAccess != AccessAudit.Off) TellAccess(reading, selection, slices, request.Content);
        return new RowsResult
        {
            Rows = slices.IsEmpty ? MessageRows.Empty : new MessageRows(slices),
            Vanished = vanished,
            Updates = updates,
            Keywords = keywords,
            HighestModSeq = highest,
        };
    }

    /// <summary>
    /// Queues the event, which is not waited for: like a Login it is durable no later than anything the session changes. What can't be written now is
    /// shown all the same.
    /// </summary>
    private void TellAccess(MailboxSession reading, Selection selection, ImmutableArray<MessageSlice> slices, ContentAccess content)
    {
        if (slices.IsEmpty || (content == ContentAccess.Headers && _audit.MessageAccess != AccessAudit.All)) return;
        if (_pipeline.Head?.Folders.GetValueOrDefault(selection.Folder) is not { } folder || !reading.IsAnnounced)
        {
            Log.AccessNotTold(_logger, _account, reading.Id.Value);
            return;
        }

        var turn = Turn(reading);
        AccessEvents.Accessed(turn, folder, UidSets.Of(slices), content);
        _pipeline.CommitAsync(turn).Ignore();
    }

    public async Task<StoreResult> StoreAsync(SessionId session, StoreRequest request)
    {
        var storing = Session(session);
        var selection = Writable(storing);
        var view = selection.View;
        var named = UidSets.Of(view.Resolve(request.Set, request.ByUid));
        var (result, _) = await OnceAsync(
            request.Operation,
            (Grain: this, storing, selection, named, request),
            static s => s.Grain.StoreOnceAsync(s.storing, s.selection, s.named, s.request));

        await ReadableAfterAsync(selection);
        var (found, modified) = (result.Count, result.Set);
        var live = Published.Folders.GetValueOrDefault(selection.Folder)?.Messages ?? FolderMessages.Empty;
        var told = UidSet.Except(named, modified);
        if (request.Silent) told = new ExpectedFlags(Published.Keywords, request).Of(view, live, told);
        var updates = Advance(storing, selection, request.Scope, told);
        told = UidSets.Of(live.SlicesOfUids(told));
        return new StoreResult
        {
            Rows = new MessageRows(selection.View.SlicesOfUids(told)),
            Modified = request.ByUid ? modified : UidSet.FromAscending(modified.Enumerate().Select(view.SequenceOf)),
            SomeExpunged = found < named.Count,
            Updates = updates,
            Keywords = Published.Keywords,
        };
    }

    public async Task<ExpungeResult> ExpungeAsync(SessionId session, ExpungeRequest request)
    {
        var expunging = Session(session);
        var selection = Writable(expunging);
        while ((_loader.Whole(selection.Folder) ?? _quota.ForRemoval(_pipeline.Head!.Head)) is { } loading) await loading;
        if (!_pipeline.Head!.Folders.ContainsKey(selection.Folder)) throw MailboxFault.NotSelected();

        var turn = Turn(expunging);
        var expunged = ExpungeTurn.Apply(turn, selection.Folder, request.Uids?.Resolve(selection.View.LastUid));
        if (expunged) _quota.Settle(turn);
        await (expunged ? _pipeline.CommitAsync(turn) : _pipeline.HeadDurableAsync());
        if (!_blocking.IsEmpty) await ConfirmAsync(_blocking.LastAwaited(turn.Events));
        var updates = await AdvanceAfterAsync(expunging, selection, UpdateScope.All);
        return new ExpungeResult(updates, HighestModSeq(selection.Folder));
    }

    public async Task<CopyResult> CopyAsync(SessionId session, CopyRequest request)
    {
        var copying = Session(session);
        var selection = request.Move ? Writable(copying) : Selected(copying);
        var named = UidSets.Of(selection.View.Resolve(request.Set, request.ByUid));
        var (result, _) = await OnceAsync(
            request.Operation,
            (Grain: this, copying, selection, named, request),
            static s => s.Grain.CopyOnceAsync(s.copying, s.selection, s.named, s.request));
        var updates = await AdvanceAfterAsync(copying, selection, UpdateScope.All);
        return new CopyResult(result.UidValidity, result.Set, result.Uids, updates, HighestModSeq(selection.Folder));
    }

    private async Task<StoredResult> StoreOnceAsync(MailboxSession storing, Selection selection, UidSet named, StoreRequest request)
    {
        while (_loader.Whole(selection.Folder) is { } loading) await loading;
        if (!_pipeline.Head!.Folders.ContainsKey(selection.Folder)) throw MailboxFault.NotSelected();

        var turn = Turn(storing);
        var (found, modified, changed) = FlagTurn.Apply(turn, selection.Folder, named, request);
        var result = StoredResult.Done with { Count = (uint)found, Set = modified };
        if (changed) return await CommitOnceAsync(turn, request.Operation, result);
        await _pipeline.HeadDurableAsync();
        return result;
    }

    private async Task<StoredResult> CopyOnceAsync(MailboxSession copying, Selection selection, UidSet named, CopyRequest request)
    {
        var path = Normal(request.Destination);
        while ((_loader.Whole(selection.Folder) ?? DestinationTail(path) ?? ForCopy(selection, named, request)) is { } loading) await loading;

        var turn = Turn(copying);
        var destination = turn.Folder(path).Row;
        if (!turn.State.Folders.TryGetValue(selection.Folder, out var source)) throw MailboxFault.NotSelected();
        var slices = source.Messages.SlicesOfUids(named);
        if (!request.ByUid && new MessageRows(slices).Count < named.Count) throw MailboxFault.ExpungeIssued();

        var result = StoredResult.Done with { UidValidity = destination.UidValidity };
        if (slices.Length == 0)
        {
            await _pipeline.HeadDurableAsync();
            return result;
        }

        if (!request.Move && Quota.IsSet(_limits))
        {
            var (messages, octets) = SizeOf(slices);
            if (Quota.Refuses(_limits, turn.Head, messages, octets)) throw await RefusedAsync(turn, new Refusal(messages, octets));
        }

        var (from, to) = CopyTurn.Apply(turn, selection.Folder, destination.Id, slices, request.Move);
        result = result with { FirstUid = to.Ranges[0].First, Count = (uint)to.Count, Set = from };
        if (!request.Move) _quota.Settle(turn);
        return await CommitOnceAsync(turn, request.Operation, result);
    }

    /// <summary>A copy brings messages; the source is in memory.</summary>
    private Task? ForCopy(Selection selection, UidSet named, CopyRequest request)
    {
        if (request.Move || !Quota.IsSet(_limits) || !_pipeline.Head!.Folders.TryGetValue(selection.Folder, out var source)) return null;
        var (messages, octets) = SizeOf(source.Messages.SlicesOfUids(named));
        return _quota.ForArrival(_pipeline.Head.Head, messages, octets);
    }

    private static (long Messages, long Octets) SizeOf(ImmutableArray<MessageSlice> slices)
    {
        long messages = 0, octets = 0;
        foreach (var slice in slices)
        {
            messages += slice.Count;
            for (var i = slice.Start; i < slice.Start + slice.Count; i++) octets += slice.Page.Sizes[i];
        }

        return (messages, octets);
    }

    private Task? DestinationTail(string path) =>
        _pipeline.Head!.Find(path) is { } destination ? _loader.Tail(destination.Row.Id) : throw MailboxFault.NonExistent();

    private long HighestModSeq(FolderId folder) => Published.Folders.GetValueOrDefault(folder)?.Row.HighestModSeq ?? 0;

    private async Task<SessionUpdates> AdvanceAsync(MailboxSession session, Selection? selection, UpdateScope scope)
    {
        if (selection is null) return SessionUpdates.None;
        while (_loader.WholePublished(selection.Folder) is { } loading) await loading;
        return Advance(session, selection, scope);
    }

    private async Task<SessionUpdates> AdvanceAfterAsync(MailboxSession session, Selection? selection, UpdateScope scope)
    {
        if (selection is null) return SessionUpdates.None;
        await ReadableAfterAsync(selection);
        return Advance(session, selection, scope);
    }

    /// <summary>After a change that was made: that a page can't be read now must not pass for a refusal.</summary>
    private async Task ReadableAfterAsync(Selection selection)
    {
        try
        {
            while (_loader.WholePublished(selection.Folder) is { } loading) await loading;
        }
        catch (MailboxException unread) when (unread.Error == MailboxError.Unavailable)
        {
            throw MailboxFault.Uncertain();
        }
    }

    private SessionUpdates Advance(MailboxSession session, Selection selection, UpdateScope scope, UidSet? except = null)
    {
        // The session has selected something else while this call waited: nobody is left to be told.
        if (!ReferenceEquals(session.Selection, selection)) return SessionUpdates.None;
        var folder = Published.Folders.GetValueOrDefault(selection.Folder);
        if (folder is null) session.Selection = null;
        return selection.Advance(folder, Published, _pipeline.Recent, scope, except);
    }

    /// <summary>UIDs no longer in the folder that were there at this MODSEQ, and perhaps others that are gone for longer.</summary>
    private async Task<UidSet> ExpungedSinceAsync(FolderState folder, long modSeq)
    {
        if (modSeq >= folder.Row.HighestModSeq) return UidSet.Empty;
        var ever = UidSet.Between(1, folder.Row.UidNext - 1);
        if (modSeq < folder.Row.ExpungesForgottenTo) return UidSet.Except(ever, UidSets.Of(folder.Messages.SlicesOfUids(ever)));
        try
        {
            var expunged = await _store.ReadExpungedAsync(_account, folder.Row.Id, modSeq, CancellationToken.None);

            // Expunges after this state are in it still: they are told when the session is brought up to date.
            return UidSet.Except(expunged, UidSets.Of(folder.Messages.SlicesOfUids(expunged)));
        }
        catch (Storage.StoreUnavailableException)
        {
            throw MailboxFault.Unavailable();
        }
    }
}
