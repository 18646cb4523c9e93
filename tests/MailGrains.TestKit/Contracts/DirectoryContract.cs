using System.Collections.Immutable;
using MailGrains.Model;
using MailGrains.Model.Accounts;
using MailGrains.Storage.Accounts;
using Xunit;

namespace MailGrains.TestKit.Contracts;

/// <summary>What the suites of the directory share: a fresh store per test, and accounts to put there.</summary>
public abstract class DirectoryContract : IAsyncLifetime
{
    protected const int Limit = 100;

    protected static readonly DateTimeOffset Created = new(2026, 3, 1, 12, 30, 15, 123, TimeSpan.Zero);

    protected static readonly ActOrigin By = new("admin", "192.0.2.1", Created.AddMicroseconds(456));

    private DirectoryHarness? _harness;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected IDirectoryStore Store => _harness!.Accounts;

    protected IGroupStore Groups => _harness!.Groups;

    protected IDirectoryActStore Acts => _harness!.Acts;

    public async ValueTask InitializeAsync() => _harness = await OpenAsync();

    public virtual async ValueTask DisposeAsync()
    {
        if (_harness is not null) await _harness.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected abstract Task<DirectoryHarness> OpenAsync();

    protected static PasswordVerifiers Password(byte seed) => new(
        $"$argon2id$v=19$m=64,t=1,p=1$salt$hash{seed}",
        new ScramVerifier([seed, 2, 3], 4096, [.. Enumerable.Repeat(seed, 32)], [.. Enumerable.Repeat((byte)9, 32)]));

    protected static AccountRecord NewAccount(params string[] addresses) => new()
    {
        Id = new AccountId(Guid.NewGuid()),
        Version = 1,
        Addresses = [.. addresses],
        Password = Password(1),
        CreatedAt = Created,
    };

    protected static OwedAct Act(long version) => new(version, "AddressAdd", "x@example.org", "admin", "192.0.2.1");

    protected static AccountRecord Next(AccountRecord account) => account with { Version = account.Version + 1, Owed = [] };

    protected static AccountRecord Deleted(AccountRecord account) => Next(account) with { Addresses = [], Password = null, DeletedBy = By };

    protected async Task<AccountRecord> CreatedAsync(params string[] addresses)
    {
        var account = NewAccount(addresses);
        Assert.Equal(WriteOutcome.Done, await Store.WriteAccountAsync(account, Cancellation));
        return account;
    }

    protected async Task<AddressRecord?> ResolveAsync(string address) => await Store.ResolveAsync(address, Limit, Cancellation);

    protected static void AssertSame(AccountRecord expected, AccountRecord? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal(
            expected with { Addresses = [], Password = null, Owed = [], DeletedBy = null }, actual with { Addresses = [], Password = null, Owed = [] });
        Assert.Equal(expected.Addresses, actual.Addresses.AsEnumerable());
        Assert.Equal(expected.Owed, actual.Owed.AsEnumerable());
        Assert.Equal(expected.Password?.Argon2Id, actual.Password?.Argon2Id);
        Assert.Equal(expected.Password?.Scram?.ToString(), actual.Password?.Scram?.ToString());
    }

    protected async Task<GroupRecord> GroupAsync(string name, string? address = null)
    {
        var group = new GroupRecord(new GroupId(Guid.NewGuid()), name, address, Created);
        Assert.Equal(WriteOutcome.Done, await Groups.CreateGroupAsync(group, By, Cancellation));
        return group;
    }

    protected async Task JoinAsync(GroupRecord group, params MemberId[] members)
    {
        foreach (var member in members) Assert.Equal(WriteOutcome.Done, await Groups.AddMemberAsync(group.Id, member, By, Cancellation));
    }
}
