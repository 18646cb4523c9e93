using MailGrains.Storage.Tests.SqlServer;
using MailGrains.TestKit.Contracts;

namespace MailGrains.Storage.Tests.Accounts;

public sealed class SqlServerDirectoryStoreTests : DirectoryStoreContract
{
    protected override async Task<DirectoryHarness> OpenAsync()
    {
        var store = await SqlServerHarness.OpenStoreAsync();
        return new DirectoryHarness(store.Accounts, store.Accounts, store.Accounts, store);
    }
}
