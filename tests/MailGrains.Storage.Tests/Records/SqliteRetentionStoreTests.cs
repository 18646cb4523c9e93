using MailGrains.Model;
using MailGrains.Storage.Records;
using MailGrains.Storage.Sqlite.Records;
using MailGrains.TestKit;
using MailGrains.TestKit.Contracts;
using Microsoft.Data.Sqlite;
using Xunit;

namespace MailGrains.Storage.Tests.Records;

public sealed class SqliteRetentionStoreTests : RetentionStoreContract
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Records_from_before_there_were_classes_have_none_and_take_them()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var path = Path.Combine(_folder.Path, "former.db");
        await using (var former = SqliteRecords.Open(path))
        {
            var ada = new RecordScribe(former, AccountId.New(TimeProvider.System));
            await ada.WriteAsync("MailboxCreate", RecordScribe.Named(RecordScribe.Inbox, "INBOX"));
            await ada.WriteAsync("MessageNew", RecordScribe.Arrival(1));
            await ada.WriteAsync("MessageExpunge", new EntriesLeft(RecordScribe.Inbox, RecordScribe.Uids(1)));
        }

        await using (var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ConnectionString))
        {
            await connection.OpenAsync(cancellation);
            await using var command = connection.CreateCommand();
            command.CommandText = "ALTER TABLE record_entry DROP COLUMN classes; DELETE FROM SchemaVersions WHERE ScriptName LIKE '%-classes%'";
            Assert.Equal(1, await command.ExecuteNonQueryAsync(cancellation));
        }

        await using var records = SqliteRecords.Open(path);
        var left = Assert.Single(await LeftAsync());
        Assert.Null(left.Classes);
        await records.WriteClassesAsync([new ClassedEntry(left.Number, MessageClasses.Report)], cancellation);
        Assert.Equal(MessageClasses.Report, Assert.Single(await LeftAsync()).Classes);

        Task<IReadOnlyList<LeftEntry>> LeftAsync() =>
            records.ReadLeftAsync(DateTimeOffset.MaxValue.AddDays(-1), (DateTimeOffset.UnixEpoch, 0), 10, cancellation);
    }

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
