using MailGrains.Model;
using MailGrains.Records.Retention;
using MailGrains.Storage.Accounts;

namespace MailGrains.Grains.Archive;

/// <summary>Accounts as the directory has them.</summary>
internal sealed class DirectoryAccounts(IDirectoryStore store, IGroupStore groups) : IRetentionAccounts
{
    public async Task<RetentionAccount?> FindAsync(AccountId account, CancellationToken cancellation)
    {
        if (await store.ReadAccountAsync(account, cancellation) is not { Exists: true } found) return null;
        var memberships = await groups.FindMembershipsAsync(account, cancellation);
        return new RetentionAccount(found.Addresses, [.. memberships.Groups]);
    }
}
