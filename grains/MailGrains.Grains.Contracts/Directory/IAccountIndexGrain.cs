using System.Collections.Immutable;
using MailGrains.Model;
using Orleans;
using Orleans.Concurrency;

namespace MailGrains.Grains.Contracts.Directory;

/// <summary>One of <see cref="Shards"/> parts of the list of all accounts; the key is the shard's number.</summary>
public interface IAccountIndexGrain : IGrainWithIntegerKey
{
    const int Shards = 64;

    [AlwaysInterleave]
    Task<ImmutableArray<AccountId>> ListAsync();

    Task AddAsync(AccountId account);

    Task RemoveAsync(AccountId account);

    static int ShardOf(AccountId account)
    {
        Span<byte> key = stackalloc byte[16];
        account.Value.TryWriteBytes(key);
        return key[15] % Shards;
    }
}
