using MailGrains.Storage.Sqlite;
using MailGrains.TestKit;
using MailGrains.TestKit.Contracts;
using Microsoft.Data.Sqlite;
using Xunit;

namespace MailGrains.Storage.Tests.Accounts;

public sealed class SqliteDirectoryActTests : DirectoryActContract
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task What_is_owed_is_still_owed_when_the_store_is_opened_again()
    {
        var group = await GroupAsync("staff");
        await ReopenAsync();
        Assert.Equal(["DirectorySnapshot", "GroupCreate"], (await Acts.ReadActsAsync(9, Cancellation)).Select(a => a.Type));
        await Groups.DeleteGroupAsync(group.Id, By, Cancellation);
        Assert.Equal([1L, 2, 3], (await Acts.ReadActsAsync(9, Cancellation)).Select(a => a.Number));
    }

    [Fact]
    public async Task The_log_of_a_directory_of_an_earlier_version_begins_with_all_that_is_there()
    {
        var ada = await CreatedAsync("ada@example.org");
        await JoinAsync(await GroupAsync("staff"), ada.Id);
        await ReopenAsync(() =>
        {
            using var connection = new SqliteConnection($"Data Source={Path.Combine(_folder.Path, "mailboxes.db")};Pooling=False");
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText =
                "DROP TABLE directory_act; DROP TABLE directory_log; DELETE FROM SchemaVersions WHERE ScriptName LIKE '%directory-log%'";
            command.ExecuteNonQuery();
        });
        Assert.Empty(await Acts.ReadActsAsync(9, Cancellation));
        Assert.True(await Acts.SnapshotAsync(By.At, DateTimeOffset.MinValue, Cancellation));
        Assert.False(await Acts.SnapshotAsync(By.At, DateTimeOffset.MinValue, Cancellation));
        var acts = await Acts.ReadActsAsync(9, Cancellation);
        Assert.Equal(["DirectorySnapshot", "GroupSnapshot"], acts.Select(a => a.Type));
        Assert.Equal($"{ada.Id.Value:D}:ada@example.org", acts[1].Details[^1].Text);
    }

    private async Task ReopenAsync(Action? between = null)
    {
        await base.DisposeAsync();
        between?.Invoke();
        await InitializeAsync();
    }

    protected override Task<DirectoryHarness> OpenAsync()
    {
        var store = SqliteMailboxStore.Open(new SqliteStoreOptions { Folder = _folder.Path });
        return Task.FromResult(new DirectoryHarness(store.Accounts, store.Accounts, store.Accounts, store));
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }
}
