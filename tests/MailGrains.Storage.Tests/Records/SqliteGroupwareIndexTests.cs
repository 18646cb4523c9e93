using MailGrains.Storage.Sqlite.Records;
using MailGrains.TestKit;
using MailGrains.TestKit.Contracts;
using Xunit;

namespace MailGrains.Storage.Tests.Records;

public sealed class SqliteGroupwareIndexTests : GroupwareIndexContract
{
    private readonly TemporaryFolder _folder = new();

    protected override Task<GroupwareIndexHarness> OpenAsync()
    {
        var records = SqliteRecords.Open(Path.Combine(_folder.Path, "records.db"));
        return Task.FromResult(new GroupwareIndexHarness(records.Objects, records));
    }

    [Fact]
    public async Task Purged_contents_go_with_their_last_entry()
    {
        await using var records = SqliteRecords.Open(Path.Combine(_folder.Path, "purged.db"));
        await PurgedObjects.GoWithTheirLastEntryAsync(records);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }
}
