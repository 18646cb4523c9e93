using System.Collections.Concurrent;
using MailGrains.Model;
using MailGrains.Storage;
using MailGrains.Storage.Commit;

namespace MailGrains.Grains.Tests.Mailboxes;

/// <summary>The real committer behind a hand that can hold or break the commits of single mailboxes.</summary>
internal sealed class SteeredCommitter(ICommitter inner) : ICommitter
{
    private readonly ConcurrentDictionary<AccountId, TaskCompletionSource> _held = new();
    private readonly ConcurrentDictionary<AccountId, Task> _last = new();
    private readonly ConcurrentDictionary<AccountId, Task> _steered = new();
    private readonly ConcurrentDictionary<AccountId, Exception?> _broken = new();
    private readonly ConcurrentDictionary<(AccountId, long), bool> _lost = new();
    private readonly ConcurrentDictionary<AccountId, int> _queued = new();

    public Action<AccountId>? OnQueued { get; set; }

    public void Hold(AccountId account) => _held[account] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Release(AccountId account)
    {
        if (_held.TryRemove(account, out var gate)) gate.SetResult();
    }

    /// <param name="account">Whose commits fail.</param>
    /// <param name="how">null for a full disk.</param>
    public void Break(AccountId account, Exception? how = null) => _broken[account] = how;

    public void Repair(AccountId account) => _broken.TryRemove(account, out _);

    public int Queued(AccountId account) => _queued.GetValueOrDefault(account);

    public Task CommitAsync(MailboxCommit commit)
    {
        var task = IsSteered(commit) ? SteerAsync(commit) : inner.CommitAsync(commit);
        _last[commit.Account] = task;
        _queued.AddOrUpdate(commit.Account, 1, (_, n) => n + 1);
        OnQueued?.Invoke(commit.Account);
        return task;
    }

    private bool IsSteered(MailboxCommit commit) =>
        _held.ContainsKey(commit.Account) || _broken.ContainsKey(commit.Account) || _lost.ContainsKey((commit.Account, commit.Epoch))
        || _steered.GetValueOrDefault(commit.Account) is { IsCompleted: false };

    private Task SteerAsync(MailboxCommit commit)
    {
        var before = _last.GetValueOrDefault(commit.Account, Task.CompletedTask);
        return _steered[commit.Account] = RunAsync(commit, before);
    }

    private async Task RunAsync(MailboxCommit commit, Task before)
    {
        if (_held.TryGetValue(commit.Account, out var gate)) await gate.Task;
        await before.ContinueWith(_ => { }, TaskScheduler.Default);
        if (_broken.TryGetValue(commit.Account, out var how)) _lost[(commit.Account, commit.Epoch)] = true;
        if (how is not null) throw how;
        if (_lost.ContainsKey((commit.Account, commit.Epoch))) throw new StoreUnavailableException("No space left.");
        await inner.CommitAsync(commit);
    }
}
