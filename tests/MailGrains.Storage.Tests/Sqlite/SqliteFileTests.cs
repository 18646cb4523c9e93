using MailGrains.Storage.Sqlite;
using MailGrains.TestKit;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace MailGrains.Storage.Tests.Sqlite;

/// <summary>A file beside the mail's, here with the mail's own scripts.</summary>
public sealed class SqliteFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_was_written_is_there_after_a_kill()
    {
        await using var file = Open(_folder);
        await WriteAsync(file, "a", 1);

        using var remains = _folder.CopyLive();
        await using var again = Open(remains);
        Assert.Equal(1, await ReadAsync(again, "a"));
    }

    [Fact]
    public async Task A_second_opening_is_refused_until_the_file_is_closed()
    {
        await using (Open(_folder))
        {
            var refusal = Assert.Throws<StoreOpenException>(() => Open(_folder));
            Assert.Contains("in use by another process", refusal.Message, StringComparison.Ordinal);
        }

        await Open(_folder).DisposeAsync();
    }

    [Fact]
    public async Task Work_that_fails_leaves_nothing_and_the_next_goes_on()
    {
        await using var file = Open(_folder);
        await Assert.ThrowsAsync<FormatException>(() => file.WriteAsync<int>(
            db =>
            {
                db.Statement("WriteMeta").Bind(1, "a").Bind(2, 1).Run();
                throw new FormatException();
            },
            Cancellation));

        Assert.Null(await ReadAsync(file, "a"));
        await WriteAsync(file, "a", 2);
        Assert.Equal(2, await ReadAsync(file, "a"));
    }

    [Fact]
    public async Task A_commit_that_fails_says_unavailable_and_is_gone_after_a_kill()
    {
        var failing = false;
        await using var file = Open(_folder, new() { BeforeCommit = () => _ = Volatile.Read(ref failing) ? throw new IOException("fsync") : 0 });
        await WriteAsync(file, "a", 1);

        Volatile.Write(ref failing, true);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => WriteAsync(file, "a", 2));

        using var remains = _folder.CopyLive();
        await using var again = Open(remains);
        Assert.Equal(1, await ReadAsync(again, "a"));
    }

    private static SqliteFile Open(TemporaryFolder folder, SqliteFileOptions? options = null) =>
        SqliteFile.Open(Path.Combine(folder.Path, "beside.db"), "Migrations", options ?? new(), NullLogger.Instance);

    private static Task<int> WriteAsync(SqliteFile file, string name, long value) => file.WriteAsync(
        db =>
        {
            db.Statement("WriteMeta").Bind(1, name).Bind(2, value).Run();
            return 0;
        },
        Cancellation);

    private static Task<long?> ReadAsync(SqliteFile file, string name) =>
        file.ReadAsync(db => db.Statement("ReadMeta").Bind(1, name).RunScalar(), Cancellation);
}
