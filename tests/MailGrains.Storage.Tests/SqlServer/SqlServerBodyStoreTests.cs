using MailGrains.Storage.Bodies;
using MailGrains.Storage.SqlServer;
using MailGrains.TestKit.Contracts;

namespace MailGrains.Storage.Tests.SqlServer;

public sealed class SqlServerBodyStoreTests : BodyStoreContract
{
    private SqlServerStore? _store;

    protected override async Task<IBodyStore> CreateAsync()
    {
        _store = await SqlServerHarness.OpenStoreAsync();
        return _store.Bodies;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_store is not null) await _store.DisposeAsync();
    }
}
