using System.Collections.Concurrent;
using MailGrains.Model;
using MailGrains.Storage.Sqlite.Native;

namespace MailGrains.Storage.Sqlite;

/// <summary>Remembers committed mailboxes' row numbers, which never change. Thread-safe.</summary>
internal sealed class MailboxNumbers
{
    /// <summary>About 10 MB; beyond that, start again.</summary>
    private const int Limit = 100_000;

    private readonly ConcurrentDictionary<AccountId, long> _known = [];
    private int _count;

    public void Add(AccountId account, long number)
    {
        if (!_known.TryAdd(account, number) || Interlocked.Increment(ref _count) <= Limit) return;
        _known.Clear();
        Volatile.Write(ref _count, 0);
    }

    public long? Find(SqliteDatabase database, AccountId account)
    {
        if (_known.TryGetValue(account, out var known)) return known;
        if (database.Statement("FindMailbox").Bind(1, account).RunScalar() is not { } number) return null;
        Add(account, number);
        return number;
    }
}
