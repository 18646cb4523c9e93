using MailGrains.Storage.InMemory;
using MailGrains.TestKit.Contracts;

namespace MailGrains.Storage.Tests.Records;

public sealed class InMemoryRetentionStoreTests : RetentionStoreContract
{
    protected override Task<RecordHarness> OpenAsync() => Task.FromResult(new RecordHarness(new InMemoryRecordStore()));
}
