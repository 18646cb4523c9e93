using MailGrains.Storage.Sqlite;
using MailGrains.TestKit;
using MailGrains.TestKit.Contracts;

namespace MailGrains.Storage.Tests.Accounts;

public sealed class SqliteDirectoryStoreTests : DirectoryStoreContract
{
    private readonly TemporaryFolder _folder = new();

    protected override Task<DirectoryHarness> OpenAsync()
    {
        var store = SqliteMailboxStore.Open(new SqliteStoreOptions { Folder = _folder.Path });
        return Task.FromResult(new DirectoryHarness(store.Accounts, store.Accounts, store.Accounts, store));
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }
}
