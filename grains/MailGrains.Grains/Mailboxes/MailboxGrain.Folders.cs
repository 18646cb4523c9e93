using MailGrains.Grains.Contracts.Folders;
using MailGrains.Grains.Contracts.Sessions;
using MailGrains.Grains.Mailboxes.State;
using MailGrains.Grains.Mailboxes.Turns;
using MailGrains.Model;
using MailGrains.Model.Folders;

namespace MailGrains.Grains.Mailboxes;

/// <content>The folder tree.</content>
internal sealed partial class MailboxGrain
{
    public Task<FolderTree> ListAsync() => ReadAsync(state => new FolderTree(
        [.. state.Paths.Values.Select(id => state.Folders[id].Row).Select(row => new FolderInfo(row.Id, row.Path, row.SpecialUse))],
        state.Subscriptions));

    public Task<FolderStatusList> StatusAsync(FolderPaths paths) => ReadAsync(state => new FolderStatusList(
        [.. paths.Paths.Select(path => FolderPath.TryNormalize(path, out var normal) ? StatusOf(state.Find(normal)) : null)]));

    public async Task<FolderInfo> CreateFolderAsync(SessionId session, string path, string? specialUse, BlobId? operation = null)
    {
        var normal = NewName(path);
        var (made, _) = await OnceAsync(operation, async () =>
        {
            while (_loader.Claimed() is { } claiming) await claiming;
            var turn = TurnOf(session);
            var row = FolderTurn.Create(turn, normal, specialUse);
            return await CommitOnceAsync(turn, operation, StoredResult.Done with { Folder = row.Id, Path = row.Path });
        });
        return new FolderInfo(made.Folder, made.Path, Published.Folders.GetValueOrDefault(made.Folder)?.Row.SpecialUse);
    }

    public Task EnsureFolderAsync(string path, SessionOrigin by)
    {
        var normal = NewName(path);
        return OnceAsync(operation: null, async () =>
        {
            while (_loader.Claimed() is { } claiming) await claiming;
            if (_pipeline.Head!.Find(normal) is null)
            {
                var turn = Turn(SessionId.None, by);
                FolderTurn.Create(turn, normal, specialUse: null);
                return await CommitOnceAsync(turn, operation: null, StoredResult.Done);
            }

            await _pipeline.HeadDurableAsync();
            return StoredResult.Done;
        });
    }

    public Task DeleteFolderAsync(SessionId session, string path, BlobId? operation = null)
    {
        var normal = Normal(path);
        return OnceAsync(operation, async () =>
        {
            while ((_loader.Claimed() ?? Whole(normal) ?? _quota.ForRemoval(_pipeline.Head!.Head)) is { } loading) await loading;
            var turn = TurnOf(session);
            FolderTurn.Delete(turn, normal);
            _quota.Settle(turn);
            return await CommitOnceAsync(turn, operation, StoredResult.Done);
        });
    }

    public Task RenameFolderAsync(SessionId session, string from, string to, BlobId? operation = null)
    {
        var (source, target) = (Normal(from), NewName(to));
        return OnceAsync(operation, async () =>
        {
            while ((_loader.Claimed() ?? (source == FolderPath.Inbox ? Whole(source) : null)) is { } loading) await loading;
            var turn = TurnOf(session);
            FolderTurn.Rename(turn, source, target);
            return await CommitOnceAsync(turn, operation, StoredResult.Done);
        });
    }

    public async Task SubscribeAsync(SessionId session, string path, bool subscribed)
    {
        var normal = NewName(path);
        while (_loader.Claimed() is { } claiming) await claiming;
        var turn = TurnOf(session);
        FolderTurn.Subscribe(turn, normal, subscribed);
        await (turn.IsEmpty ? _pipeline.HeadDurableAsync() : _pipeline.CommitAsync(turn));
    }

    private Task? Whole(string path) => _pipeline.Head!.Find(path) is { } folder ? _loader.Whole(folder.Row.Id) : null;

    private FolderStatus? StatusOf(FolderState? folder) => folder is null ? null : new FolderStatus(
        folder.Row.Id,
        folder.Row.UidValidity,
        folder.Row.UidNext,
        folder.Row.HighestModSeq,
        (uint)folder.Row.Messages,
        (uint)folder.Row.Unseen,
        (uint)folder.Row.Deleted,
        _pipeline.Recent.Count(folder),
        folder.Row.SizeBytes);
}
