using MailGrains.Model;
using MailGrains.Storage.Bodies;
using MailGrains.Storage.Commit;
using MailGrains.Storage.Tests.Packs;
using MailGrains.TestKit.Contracts;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace MailGrains.Storage.Tests.Commit;

/// <summary>The committer over real packs on a disk that fails.</summary>
public sealed class CommitterOnPacksTests : IAsyncDisposable
{
    private readonly MemoryPackFiles _disk = new();
    private readonly ScriptedMailboxStore _store = new();
    private readonly PackStoreFixture _packs;
    private readonly Committer _committer;
    private readonly List<BodyLocator> _referred = [];

    public CommitterOnPacksTests()
    {
        _packs = new PackStoreFixture(_disk);
        _committer = new Committer(_store, _packs.Store, NullLogger<Committer>.Instance);
        _store.Answer = group =>
        {
            _referred.AddRange(group.SelectMany(commit => commit.Emails).Select(email => email.Body));
            return ScriptedMailboxStore.AllCommitted(group);
        };
    }

    public async ValueTask DisposeAsync()
    {
        await _committer.DisposeAsync();
        await _packs.DisposeAsync();
    }

    [Fact]
    public async Task No_commit_ever_refers_to_a_body_that_a_failed_flush_took()
    {
        var (anna, ben) = (new AccountId(Guid.CreateVersion7()), new AccountId(Guid.CreateVersion7()));
        var early = await _packs.AppendAsync(SampleBodies.Text(2_000, 1));
        var late = await _packs.AppendAsync(SampleBodies.Text(2_000, 2));

        _disk.FailFlushes = new IOException("broken");
        await Assert.ThrowsAsync<StoreUnavailableException>(() => _committer.CommitAsync(Commits.MakeAppend(anna, 1, early)));
        _disk.FailFlushes = null;

        // Appended before the failure, handed in after it: the flush now succeeds, and the body is gone all the same.
        await Assert.ThrowsAsync<StoreUnavailableException>(() => _committer.CommitAsync(Commits.MakeAppend(ben, 1, late)));
        Assert.Empty(_referred);

        var again = await _packs.AppendAsync(SampleBodies.Text(2_000, 2));
        await _committer.CommitAsync(Commits.MakeAppend(ben, 1, again, epoch: 2));
        Assert.Equal([again], _referred);
        await using var next = new PackStoreFixture(_disk.AfterCrash());
        Assert.Equal(SampleBodies.Text(2_000, 2), await next.ReadAsync(SampleBodies.Text(2_000, 2), again));
    }
}
