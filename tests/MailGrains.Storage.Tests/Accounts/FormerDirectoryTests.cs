using MailGrains.Storage.Accounts;
using MailGrains.Storage.InMemory;
using MailGrains.Storage.Sqlite;
using MailGrains.Storage.Sqlite.GrainState;
using MailGrains.TestKit;
using Xunit;

namespace MailGrains.Storage.Tests.Accounts;

/// <summary>
/// <c>former-directory.db</c> was written by the version before: ada with a second address, bob who owes an act to his log, carol who is disabled, and one
/// that was deleted.
/// </summary>
public sealed class FormerDirectoryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly InMemoryDirectory _directory = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string File => Path.Combine(_folder.Path, "directory.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Everything_is_taken_over_once()
    {
        Place();
        Assert.Equal(4, await FormerDirectory.TakeOverAsync(File, _directory));
        Assert.Equal(0, await FormerDirectory.TakeOverAsync(File, _directory));

        var accounts = await _directory.ListAccountsAsync(null, 10, Cancellation);
        Assert.Equal(["ada@example.org", "bob@example.org", "carol@example.org"], accounts.Select(a => a.Addresses[0]));
        var ada = await _directory.ReadAccountAsync(accounts[0].Id, Cancellation);
        Assert.Equal("01a20dfe50a77902b037dce300e0d12f", ada!.Id.ToString());
        Assert.Equal(["ada@example.org", "countess@example.org"], ada.Addresses.AsEnumerable());
        Assert.Equal((2L, false), (ada.Version, ada.Disabled));
        Assert.StartsWith("$argon2id$v=19$m=19456,t=2,p=1$s2cbmXFhVHwvw3yzY8rRuw$", ada.Password!.Argon2Id);
        Assert.StartsWith("10000,ytKh9UIF0IYrZr9eJzSl+w==,yI1V7EmMolFi4GBy76pcz5eehpVgUlbDCRj3u0Ite40=,", ada.Password.Scram!.ToString());
        Assert.Equal(new DateTimeOffset(2026, 11, 24, 14, 38, 23, 438, TimeSpan.Zero), ada.CreatedAt);

        var bob = await _directory.ReadAccountAsync(accounts[1].Id, Cancellation);
        Assert.Null(bob!.Password);
        Assert.Equal([new OwedAct(1, "AccountCreate", "bob@example.org", null, null)], bob.Owed.AsEnumerable());
        Assert.True(accounts[2].Disabled);
    }

    [Fact]
    public async Task A_crash_before_the_end_does_no_harm()
    {
        Place();
        await FormerDirectory.TakeOverAsync(File, _directory);
        System.IO.File.Move(File + ".taken-over", File);
        await FormerDirectory.TakeOverAsync(File, _directory);
        Assert.Equal(new DirectoryCounts(3, 1), await _directory.CountAsync(Cancellation));
    }

    [Fact]
    public async Task What_cannot_be_read_is_said_and_kept()
    {
        await System.IO.File.WriteAllTextAsync(File, "no database, but long enough to be taken for one: " + new string('x', 4096), Cancellation);
        Assert.Contains(File, (await Assert.ThrowsAsync<StoreOpenException>(() => FormerDirectory.TakeOverAsync(File, _directory))).Message);
        Assert.True(System.IO.File.Exists(File));
    }

    private void Place() => System.IO.File.Copy(Path.Combine(AppContext.BaseDirectory, "Accounts", "former-directory.db"), File, overwrite: true);
}
