using System.Collections.Concurrent;
using System.Threading.Channels;
using MailGrains.Model;
using MailGrains.Model.Columns;
using MailGrains.Storage.Commit;
using MailGrains.Storage.Mailboxes;
using Xunit;

namespace MailGrains.Storage.Tests.Commit;

/// <summary>A store whose transactions wait until the test says how they end.</summary>
internal sealed class ScriptedMailboxStore : IMailboxStore
{
    private readonly ConcurrentQueue<Transaction> _begun = new();
    private readonly Channel<Transaction> _transactions = Channel.CreateUnbounded<Transaction>();

    /// <summary>When set, transactions end at once with what it says.</summary>
    public Func<IReadOnlyList<MailboxCommit>, IReadOnlyList<CommitOutcome>>? Answer { get; set; }

    public int MostAtOnce { get; private set; }

    private int _now;

    public async Task<IReadOnlyList<CommitOutcome>> CommitAsync(IReadOnlyList<MailboxCommit> group, CancellationToken cancellation)
    {
        MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref _now));
        try
        {
            if (Answer is { } answer) return answer(group);
            var transaction = new Transaction(group);
            _begun.Enqueue(transaction);
            _transactions.Writer.TryWrite(transaction);
            return await transaction.Outcome.Task;
        }
        finally
        {
            Interlocked.Decrement(ref _now);
        }
    }

    public void StopWaiting()
    {
        while (_begun.TryDequeue(out var transaction)) transaction.Outcome.TrySetException(new OutcomeUnknownException("Nobody waits any more."));
    }

    public async Task<Transaction> NextAsync() => await _transactions.Reader.ReadAsync(TestContext.Current.CancellationToken);

    /// <summary>Lets everything end well from here on.</summary>
    public void Release()
    {
        Answer = AllCommitted;
        while (_begun.TryDequeue(out var transaction)) transaction.Outcome.TrySetResult(AllCommitted(transaction.Group));
    }

    public bool Idle => !_transactions.Reader.TryPeek(out _);

    public static IReadOnlyList<CommitOutcome> AllCommitted(IReadOnlyList<MailboxCommit> group) => new CommitOutcome[group.Count];

    public Task<MailboxClaim?> ReadMailboxAsync(AccountId account, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<WholeMailbox?> ReadWholeAsync(AccountId account, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<MailboxClaim> ClaimAsync(AccountId account, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<IReadOnlyList<MessagePage>> ReadPagesAsync(
        AccountId account, FolderId folder, int first, int last, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<UidSet> ReadExpungedAsync(AccountId account, FolderId folder, long since, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public Task<ReadOnlyMemory<byte>?> FindOperationAsync(AccountId account, OperationId operation, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<ulong>?> ListOperationsAsync(AccountId account, int most, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public Task<int> ForgetOperationsAsync(DateTimeOffset before, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<IReadOnlyList<AccountId>> ListMailboxesAsync(AccountId? after, int limit, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public sealed class Transaction(IReadOnlyList<MailboxCommit> group)
    {
        public IReadOnlyList<MailboxCommit> Group => group;

        public TaskCompletionSource<IReadOnlyList<CommitOutcome>> Outcome { get; } = new();

        public void Commit() => Outcome.SetResult(AllCommitted(group));

        public void Fail(Exception reason) => Outcome.SetException(reason);
    }
}
