using System.Collections.Immutable;
using MailGrains.Grains.Contracts.Directory;
using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Model.Accounts;
using MailGrains.Storage.Accounts;
using MailGrains.Storage.Events;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;

namespace MailGrains.Grains.Directory;

/// <inheritdoc cref="IDirectoryGrain"/>
[StatelessWorker]
internal sealed partial class DirectoryGrain(
    IDirectoryStore store, IGroupStore groups, DomainChanges domains, IEventLog log, TimeProvider time, ILogger<DirectoryGrain> logger)
    : Grain, IDirectoryGrain
{
    private const int MaxPage = 10_000;

    public async Task<ImmutableArray<AccountProfile>> ListAsync(string? after, int limit)
    {
        var accounts = await store.ListAccountsAsync(after, Math.Clamp(limit, 1, MaxPage), CancellationToken.None);
        return [.. accounts.Select(a => new AccountProfile(a.Id, a.Addresses[0], a.Addresses, a.Disabled, a.CreatedAt))];
    }

    public async Task<DirectoryTotals> CountAsync()
    {
        var counts = await store.CountAsync(CancellationToken.None);
        return new DirectoryTotals(counts.Accounts, counts.OwedActs);
    }

    public async Task<ImmutableArray<AccountCredentials?>> FindAsync(ImmutableArray<string> addresses)
    {
        var found = await store.FindAccountsAsync(addresses, CancellationToken.None);
        return [.. found.Select(a => a is null ? null : new AccountCredentials(a.Id, a.Addresses[0], a.Disabled, a.Password, a.Version))];
    }

    public async Task<ImmutableArray<DirectoryError?>> CreateAsync(ImmutableArray<NewAccount> accounts, AdminActor? by)
    {
        var now = time.GetUtcNow();
        var records = accounts.Select(a => new AccountRecord
        {
            Id = a.Id,
            Version = 1,
            Addresses = [a.Address.Key],
            Password = a.Password,
            CreatedAt = now,
            Owed = [new OwedAct(1, nameof(AccountEventType.AccountCreate), a.Address.Key, by?.Name, by?.ClientAddress)],
        });
        var outcomes = await store.CreateAccountsAsync([.. records], CancellationToken.None);
        return [.. outcomes.Select(o => o == WriteOutcome.Done ? (DirectoryError?)null : ErrorOf(o))];
    }

    private static DirectoryError ErrorOf(WriteOutcome outcome) => outcome switch
    {
        WriteOutcome.UnknownDomain => DirectoryError.UnknownDomain,
        WriteOutcome.Loop => DirectoryError.Loop,
        WriteOutcome.InUse => DirectoryError.InUse,
        WriteOutcome.NotFound => DirectoryError.NotFound,
        _ => DirectoryError.AddressTaken,
    };
}
