using MailGrains.Storage.InMemory;
using MailGrains.TestKit.Contracts;

namespace MailGrains.Storage.Tests.Records;

public sealed class InMemoryRecordStoreTests : RecordStoreContract
{
    protected override Task<RecordHarness> OpenAsync() => Task.FromResult(new RecordHarness(new InMemoryRecordStore()));
}
