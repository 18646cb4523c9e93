using MailGrains.Storage.Bodies;
using MailGrains.Storage.Events;
using MailGrains.Storage.InMemory;
using MailGrains.Storage.Mailboxes;
using MailGrains.Storage.Packs;
using MailGrains.Storage.Packs.Files;
using MailGrains.Storage.PostgreSql;
using MailGrains.Storage.Sqlite;
using MailGrains.Storage.Subscribers;
using MailGrains.TestKit;
using MailGrains.TestKit.Postgres;
using Microsoft.Extensions.Logging.Abstractions;

namespace MailGrains.Microbench.Host;

/// <summary>One kind of store behind its ports.</summary>
internal sealed class MailStores : IAsyncDisposable
{
    private readonly Func<ValueTask> _close;

    private MailStores(
        IMailboxStore mailboxes, IEventLog events, ISubscriberStore subscribers, IEmailReader emails, IBodyIndex index, IBodyStore bodies,
        Func<ValueTask> close)
    {
        (Mailboxes, Events, Subscribers, Emails, BodyIndex, Bodies) = (mailboxes, events, subscribers, emails, index, bodies);
        _close = close;
    }

    public IMailboxStore Mailboxes { get; }

    public IEventLog Events { get; }

    public ISubscriberStore Subscribers { get; }

    public IEmailReader Emails { get; }

    public IBodyIndex BodyIndex { get; }

    public IBodyStore Bodies { get; }

    public IBodyReader Reader => Bodies;

    public static async Task<MailStores> OpenAsync(StoreKind kind) => kind switch
    {
        StoreKind.InMemory => InMemory(),
        StoreKind.SqlitePacks => SqlitePacks(),
        _ => await PostgreSqlAsync(),
    };

    public ValueTask DisposeAsync() => _close();

    private static MailStores InMemory()
    {
        var store = new InMemoryMailboxStore();
        return new MailStores(store, store, new InMemorySubscriberStore(), store, store, new InMemoryBodyStore(), () => ValueTask.CompletedTask);
    }

    private static MailStores SqlitePacks()
    {
        var folder = new TemporaryFolder();
        var sqlite = SqliteMailboxStore.Open(new SqliteStoreOptions { Folder = folder.Path });
        var packs = new PackBodyStore(new DiskPackFiles(Path.Combine(folder.Path, "packs")), sqlite, NullLogger<PackBodyStore>.Instance);
        return new MailStores(sqlite, sqlite, sqlite.Subscribers, sqlite, sqlite, packs, async () =>
        {
            await packs.DisposeAsync();
            await sqlite.DisposeAsync();
            folder.Dispose();
        });
    }

    private static async Task<MailStores> PostgreSqlAsync()
    {
        var server = new PostgresServer();
        var store = await PostgreSqlStore.OpenAsync(new() { ConnectionString = await server.CreateDatabaseAsync() });
        return new MailStores(store, store, store.Subscribers, store, store, store.Bodies, async () =>
        {
            await store.DisposeAsync();
            await server.DisposeAsync();
        });
    }
}
