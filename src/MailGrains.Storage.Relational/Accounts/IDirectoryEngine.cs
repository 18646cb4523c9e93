using System.Data.Common;
using MailGrains.Model;
using MailGrains.Storage.Accounts;
using MailGrains.Storage.Relational.Reading;

namespace MailGrains.Storage.Relational.Accounts;

/// <summary>What one engine brings to the directory's writes: connections of their own, its statements, and how rows are handed to these.</summary>
internal interface IDirectoryEngine : IAsyncDisposable
{
    /// <summary>A connection for one transaction; whoever gets it disposes it.</summary>
    Task<DbConnection> ConnectAsync(CancellationToken cancellation);

    /// <summary>Gives up the connections that nobody uses now: they are as dead as the one that was lost.</summary>
    void GiveUpConnections();

    /// <summary>One statement, for a connection that the caller puts in.</summary>
    DbCommand Command(Question question);

    /// <summary>The parameters of <c>AddAccounts</c>.</summary>
    object?[] Accounts(IReadOnlyList<AccountRecord> accounts);

    /// <summary>The parameters of <c>WriteAddresses</c>; no address is there twice.</summary>
    object?[] Addresses(IReadOnlyList<(string Key, AccountId Account, int Place)> addresses);

    /// <summary>The parameters of <c>AddActs</c>.</summary>
    object?[] Acts(IReadOnlyList<(AccountId Account, OwedAct Act)> acts);

    /// <summary>The parameters of <c>Settle</c>.</summary>
    object?[] Settled(IReadOnlyList<(AccountId Account, long Version)> settled);

    /// <summary>Two transactions met in a way that one had to go; it may simply be tried again.</summary>
    bool Repeats(Exception failure);

    /// <summary>A failure of the way to the server.</summary>
    bool LostConnection(Exception failure);
}
