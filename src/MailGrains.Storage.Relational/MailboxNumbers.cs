using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using MailGrains.Model;

namespace MailGrains.Storage.Relational;

/// <summary>Remembers committed mailboxes' row numbers, which never change. Thread-safe.</summary>
public sealed class MailboxNumbers
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

    public bool TryFind(AccountId account, out long number) => _known.TryGetValue(account, out number);
}
