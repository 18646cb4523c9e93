using MailGrains.Storage.Bodies;
using MailGrains.Storage.InMemory;
using MailGrains.Storage.Mailboxes;
using MailGrains.Storage.Packs;
using MailGrains.Storage.Packs.Files;
using MailGrains.Storage.Sqlite;
using MailGrains.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace MailGrains.Microbench.Host;

/// <summary>One kind of store behind its ports.</summary>
internal sealed class MailStores : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _owned = [];
    private readonly TemporaryFolder? _folder;

    public MailStores(StoreKind kind)
    {
        if (kind == StoreKind.InMemory)
        {
            var store = new InMemoryMailboxStore();
            var bodies = new InMemoryBodyStore();
            (Mailboxes, Emails, Bodies, Reader) = (store, store, bodies, bodies);
            return;
        }

        _folder = new TemporaryFolder();
        var sqlite = SqliteMailboxStore.Open(new SqliteStoreOptions { Folder = _folder.Path });
        var packs = new PackBodyStore(new DiskPackFiles(Path.Combine(_folder.Path, "packs")), sqlite, NullLogger<PackBodyStore>.Instance);
        (Mailboxes, Emails, Bodies, Reader) = (sqlite, sqlite, packs, packs);
        _owned.AddRange([packs, sqlite]);
    }

    public IMailboxStore Mailboxes { get; }

    public IEmailReader Emails { get; }

    public IBodyStore Bodies { get; }

    public IBodyReader Reader { get; }

    public async ValueTask DisposeAsync()
    {
        foreach (var owned in _owned) await owned.DisposeAsync();
        _folder?.Dispose();
    }
}
