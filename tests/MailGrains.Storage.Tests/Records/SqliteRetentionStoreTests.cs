using MailGrains.Storage.Sqlite.Records;
using MailGrains.TestKit;
using MailGrains.TestKit.Contracts;

namespace MailGrains.Storage.Tests.Records;

public sealed class SqliteRetentionStoreTests : RetentionStoreContract
{
    private readonly TemporaryFolder _folder = new();

    protected override Task<RecordHarness> OpenAsync()
    {
        var store = SqliteRecords.Open(Path.Combine(_folder.Path, "records.db"));
        return Task.FromResult(new RecordHarness(store, store));
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }
}
