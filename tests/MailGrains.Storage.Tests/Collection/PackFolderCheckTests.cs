using MailGrains.Model;
using MailGrains.Storage.Packs.Files;
using MailGrains.Storage.PostgreSql;
using MailGrains.TestKit;
using MailGrains.TestKit.Contracts;
using MailGrains.TestKit.Postgres;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace MailGrains.Storage.Tests.Collection;

/// <summary>Only the folder in which the database knows its packs is used.</summary>
public sealed class PackFolderCheckTests(PostgresServer server) : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new(), _other = new();
    private PostgreSqlStore _store = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _store = await PostgreSqlStore.OpenAsync(new() { ConnectionString = await server.CreateDatabaseAsync() }, cancellation: Cancellation);

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Dispose();
        _other.Dispose();
    }

    [Fact]
    public async Task A_fresh_folder_is_bound_by_all_who_start_at_once_and_every_other_is_refused()
    {
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => CheckAsync(_folder), Cancellation)));
        await CheckAsync(_folder, bind: false);
        Assert.Equal(["store-id"], Directory.EnumerateFileSystemEntries(_folder.Path).Select(Path.GetFileName));

        // Where the disk isn't mounted there is an empty folder, or none.
        Assert.Contains("mounted", (await RefusedAsync(_other)).Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_other.Path));
        PackFolderId.Give(_other.Path);
        Assert.Contains("another store", (await RefusedAsync(_other)).Message, StringComparison.Ordinal);
        var nowhere = Path.Combine(_other.Path, "nowhere");
        await Assert.ThrowsAsync<IOException>(() => PackFolderCheck.RunAsync(nowhere, _store.Packs, bind: true, Cancellation));
        Assert.False(Directory.Exists(nowhere));
    }

    [Fact]
    public async Task A_folder_that_was_in_use_before_it_was_bound_is_known_by_its_packs()
    {
        await using (var silo = new SharedPackSilo(_folder.Path, _store, new FakeTimeProvider()))
        {
            var actor = await MailboxActor.ClaimAsync(_store, new AccountId(Guid.NewGuid()));
            await _store.CommitAsync([actor.CreateFolder("INBOX")], Cancellation);
            var body = CollectionStage.Body(1);
            await _store.CommitAsync([actor.Deliver(FolderId.Inbox, body).At(await silo.AppendAsync(body))], Cancellation);
        }

        await RefusedAsync(_other);
        await CheckAsync(_folder, bind: false);
        Assert.Null(PackFolderId.Find(_folder.Path));
        await CheckAsync(_folder);
        Assert.NotNull(PackFolderId.Find(_folder.Path));
        await CheckAsync(_folder);
    }

    [Fact]
    public async Task Packs_of_which_the_database_knows_nothing_are_not_taken_over()
    {
        DiskPacks(_folder);
        await RefusedAsync(_folder);
        Assert.Null(await _store.Packs.FindFolderAsync(Cancellation));
    }

    [Fact]
    public void The_id_of_a_newer_version_is_not_misread()
    {
        File.WriteAllText(Path.Combine(_folder.Path, PackFolderId.FileName), "1 00000000000000ff\n");
        Assert.Equal(255, PackFolderId.Find(_folder.Path));
        File.WriteAllText(Path.Combine(_folder.Path, PackFolderId.FileName), "2 00000000000000ff\n");
        Assert.Throws<IOException>(() => PackFolderId.Find(_folder.Path));
        File.WriteAllText(Path.Combine(_folder.Path, PackFolderId.FileName), "");
        Assert.Throws<IOException>(() => PackFolderId.Give(_folder.Path));
    }

    private static void DiskPacks(TemporaryFolder folder) => new DiskPackFiles(folder.Path).Create(256, 100).Dispose();

    private Task CheckAsync(TemporaryFolder folder, bool bind = true) => PackFolderCheck.RunAsync(folder.Path, _store.Packs, bind, Cancellation);

    private async Task<IOException> RefusedAsync(TemporaryFolder folder)
    {
        await Assert.ThrowsAsync<IOException>(() => CheckAsync(folder, bind: false));
        return await Assert.ThrowsAsync<IOException>(() => CheckAsync(folder));
    }
}
