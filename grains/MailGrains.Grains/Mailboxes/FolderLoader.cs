using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Grains.Mailboxes.State;
using MailGrains.Model;
using MailGrains.Model.Columns;
using MailGrains.Storage.Mailboxes;
using Microsoft.Extensions.Logging;

namespace MailGrains.Grains.Mailboxes;

/// <summary>
/// Brings what a call needs into memory. Each question answers null when it is there – go on without awaiting, so that nothing changes
/// meanwhile – or the work to await before asking again.
/// </summary>
internal sealed class FolderLoader(AccountId account, IMailboxStore store, CommitPipeline pipeline, Func<Task> claim, ILogger logger)
{
    // null when empty: a mailbox at rest loads and uses nothing.
    private Dictionary<(FolderId Folder, int First), Task>? _loading;
    private HashSet<FolderId>? _used;
    private Task? _claiming;

    private bool HasSomethingToShow => pipeline.Published is { Head.LastFolder: > 0 };

    /// <summary>For changes: the mailbox is held.</summary>
    public Task? Claimed()
    {
        if (pipeline.IsFenced) throw MailboxFault.Moved();
        if (_claiming is { IsCompleted: false }) return _claiming;
        return pipeline.Head is null ? _claiming = claim() : null;
    }

    /// <summary>For reads: there is something durable to show, a new mailbox's first folders at the least.</summary>
    public Task? Readable()
    {
        if (pipeline.IsFenced) throw MailboxFault.Moved();
        return HasSomethingToShow ? null : ClaimOrShowAsync();
    }

    /// <summary>
    /// Claims the mailbox where that is better but not needed: when the store takes no writes (a full disk), what it has is shown all the same.
    /// </summary>
    /// <exception cref="MailboxException">There is nothing to show, or another activation has the mailbox.</exception>
    public async Task ClaimOrShowAsync()
    {
        try
        {
            while (Claimed() is { } claiming) await claiming;
        }
        catch (MailboxException refused) when (refused.Error == MailboxError.Unavailable && HasSomethingToShow)
        {
            // Reads go on; the failure was logged, and the next change tries again.
        }
    }

    /// <summary>For changes that touch any message of a folder.</summary>
    public Task? Whole(FolderId id)
    {
        if (Claimed() is { } claiming) return claiming;
        (_used ??= []).Add(id);
        return pipeline.Head!.Folders.TryGetValue(id, out var folder) && !folder.Messages.IsComplete ? LoadAsync(folder, 0) : null;
    }

    /// <summary>For changes that add messages to a folder.</summary>
    public Task? Tail(FolderId id)
    {
        if (Claimed() is { } claiming) return claiming;
        (_used ??= []).Add(id);
        return pipeline.Head!.Folders.TryGetValue(id, out var folder) && !folder.HasTail
            ? LoadAsync(folder, MessagePage.NumberOf(folder.Row.UidNext))
            : null;
    }

    /// <summary>For reads of any message of a folder.</summary>
    public Task? WholePublished(FolderId id)
    {
        if (Readable() is { } claiming) return claiming;
        (_used ??= []).Add(id);
        return pipeline.Published!.Folders.TryGetValue(id, out var folder) && !folder.Messages.IsComplete ? LoadPublishedAsync(id) : null;
    }

    /// <summary>
    /// Drops what no session has selected and nobody has asked for since the last time: memory follows what is open. The pipeline is settled.
    /// </summary>
    public void Trim(Func<FolderId, bool> isSelected)
    {
        if (_loading is not null) return;
        var idle = pipeline.Published!.Folders.Values
            .Where(f => f.Messages.Count > 0 && _used?.Contains(f.Row.Id) != true && !isSelected(f.Row.Id))
            .Select(f => KeyValuePair.Create(f.Row.Id, f with { Messages = FolderMessages.Unloaded }))
            .ToList();
        _used = null;
        if (idle.Count > 0) pipeline.Rewrite(state => state with { Folders = state.Folders.SetItems(idle) });
    }

    /// <summary>Held or not: what the store has is what is published, until a claim finds otherwise and starts anew.</summary>
    private async Task LoadPublishedAsync(FolderId id)
    {
        await ClaimOrShowAsync();
        if (pipeline.Published!.Folders.TryGetValue(id, out var folder) && !folder.Messages.IsComplete) await LoadAsync(folder, 0);
    }

    private Task LoadAsync(FolderState folder, int first)
    {
        var key = (folder.Row.Id, first);
        if (_loading is not null && _loading.TryGetValue(key, out var running)) return running;
        var loading = LoadOnceAsync(folder, first, pipeline.Epoch);
        if (!loading.IsCompleted) (_loading ??= [])[key] = loading;
        return loading;
    }

    private async Task LoadOnceAsync(FolderState folder, int first, long epoch)
    {
        var id = folder.Row.Id;
        try
        {
            // No change is under way below the first page in memory: what the store has there is what every state has.
            var last = folder.Messages.FirstLoaded == int.MaxValue ? int.MaxValue : folder.Messages.FirstLoaded - 1;
            var pages = await store.ReadPagesAsync(account, id, first, last, CancellationToken.None);
            if (pipeline.Epoch == epoch) pipeline.Rewrite(state => state.WithStored(id, pages, first));
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Log.ReadFailed(logger, failure, account);
            throw MailboxFault.Unavailable();
        }
        finally
        {
            if (_loading?.Remove((id, first)) == true && _loading.Count == 0) _loading = null;
        }

        Check(id);
    }

    /// <summary>Not fatal: clients are shown what is there, and a recount puts the counters right.</summary>
    private void Check(FolderId id)
    {
        if (pipeline.Published?.Folders.GetValueOrDefault(id) is not { Messages.IsComplete: true } folder) return;
        if (folder.Messages.Count == folder.Row.Messages) return;
        Log.CountsDiffer(logger, account, id, folder.Messages.Count, folder.Row.Messages);
    }
}
