using MailGrains.Model;
using MailGrains.Storage.Commit;
using MailGrains.Storage.PostgreSql;
using MailGrains.TestKit.Contracts;
using MailGrains.TestKit.Postgres;
using Xunit;

namespace MailGrains.Storage.Tests.PostgreSql;

/// <summary>The server is killed and started again while mail comes in.</summary>
public sealed class PostgreSqlCrashTests : IAsyncLifetime
{
    private readonly PostgresServer _server = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task What_was_acknowledged_is_there_and_what_failed_is_not()
    {
        await using var store = await PostgreSqlStore.OpenAsync(new() { ConnectionString = await _server.CreateDatabaseAsync() }, cancellation: Cancellation);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var writers = Enumerable.Range(0, 8).Select(_ => Task.Run(() => WriteAsync(store, ending.Token), Cancellation)).ToArray();
        for (var crash = 0; crash < 3; crash++)
        {
            var before = await EventsAsync(store);
            while (await EventsAsync(store) < before + 20) Cancellation.ThrowIfCancellationRequested();
            await _server.KillAsync();
            await _server.EnsureStartedAsync();
        }

        await ending.CancelAsync();
        foreach (var (account, acknowledged) in await Task.WhenAll(writers))
        {
            var log = await store.ReadMailboxAsync(account, 0, int.MaxValue, Cancellation);
            Assert.Equal(Enumerable.Range(1, log.Count).Select(i => (long)i), log.Select(e => e.Event.Sequence));
            Assert.Equal(acknowledged, log.Select(e => e.Event.Hash));
        }

        for (var partition = 0; partition < store.Partitions; partition++)
        {
            var log = await store.ReadAsync(partition, 0, int.MaxValue, Cancellation);
            Assert.Equal(Enumerable.Range(1, log.Count).Select(i => (long)i), log.Select(e => e.Position));
        }
    }

    /// <summary>One mailbox that keeps writing, and claims again after a failure; the hashes of the events that were acknowledged.</summary>
    private static async Task<(AccountId Account, List<BlobId> Acknowledged)> WriteAsync(PostgreSqlStore store, CancellationToken ending)
    {
        var account = new AccountId(Guid.NewGuid());
        var acknowledged = new List<BlobId>();
        MailboxActor? actor = null;
        while (!ending.IsCancellationRequested)
        {
            try
            {
                actor ??= await MailboxActor.ClaimAsync(store, account);
                var commit = actor.CreateFolder($"F{actor.Head.LastFolder}");
                if ((await store.CommitAsync([commit], CancellationToken.None))[0] == CommitOutcome.Committed) acknowledged.Add(commit.Events[0].Hash);
                else actor = null;
            }
            catch (StoreUnavailableException)
            {
                actor = null;
            }
        }

        return (account, acknowledged);
    }

    private static async Task<long> EventsAsync(PostgreSqlStore store)
    {
        long events = 0;
        for (var partition = 0; partition < store.Partitions; partition++)
        {
            try
            {
                events += (await store.ReadAsync(partition, 0, int.MaxValue, Cancellation)).Count;
            }
            catch (StoreUnavailableException)
            {
                return 0;
            }
        }

        return events;
    }
}
