using MailGrains.Storage.Tests.SqlServer;
using MailGrains.TestKit.Contracts;

namespace MailGrains.Storage.Tests.Checkpoints;

public sealed class SqlServerCheckpointStoreTests : CheckpointStoreContract
{
    protected override async Task<CheckpointHarness> OpenAsync()
    {
        var store = await SqlServerHarness.OpenStoreAsync();
        return new CheckpointHarness(store.Checkpoints, store);
    }
}
