using MailGrains.Storage.Bodies;
using MailGrains.TestKit;
using MailGrains.TestKit.Contracts;

namespace MailGrains.Storage.Tests.Sqlite;

public sealed class SqliteBodyCatalogTests : BodyCatalogContract
{
    private readonly TemporaryFolder _folder = new();

    protected override IBodyCatalog Catalog => (IBodyCatalog)Store.Mailboxes;

    protected override Task<StoreHarness> OpenAsync() => Task.FromResult(SqliteHarness.Open(_folder));

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }
}
