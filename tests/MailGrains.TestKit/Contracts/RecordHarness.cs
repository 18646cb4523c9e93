using MailGrains.Storage.Records;

namespace MailGrains.TestKit.Contracts;

/// <summary>An open store of records under test.</summary>
public sealed class RecordHarness(IRecordStore store, IAsyncDisposable? owner = null) : IAsyncDisposable
{
    public IRecordStore Store => store;

    public ValueTask DisposeAsync() => owner?.DisposeAsync() ?? ValueTask.CompletedTask;
}
