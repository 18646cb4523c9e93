using MailGrains.Model;
using MailGrains.Storage.Commit;
using Xunit;

namespace MailGrains.TestKit.Contracts;

/// <summary>What the contract suites of one engine share: a fresh store per test.</summary>
public abstract class StoreContract : IAsyncLifetime
{
    private StoreHarness? _store;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected StoreHarness Store => _store ?? throw new InvalidOperationException("The store is not open.");

    public async ValueTask InitializeAsync() => _store = await OpenAsync();

    public virtual async ValueTask DisposeAsync()
    {
        if (_store is not null) await _store.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected abstract Task<StoreHarness> OpenAsync();

    protected static AccountId NewAccount() => new(Guid.NewGuid());

    protected Task<MailboxActor> ClaimAsync(AccountId account) => MailboxActor.ClaimAsync(Store.Mailboxes, account);

    /// <summary>A claimed mailbox with an INBOX.</summary>
    protected async Task<MailboxActor> MailboxAsync()
    {
        var actor = await ClaimAsync(NewAccount());
        await CommitAsync(actor.CreateFolder("INBOX"));
        return actor;
    }

    protected async Task CommitAsync(params MailboxCommit[] group)
    {
        var outcomes = await Store.Mailboxes.CommitAsync(group, Cancellation);
        Assert.Equal(group.Length, outcomes.Count);
        Assert.All(outcomes, o => Assert.Equal(CommitOutcome.Committed, o));
    }
}
