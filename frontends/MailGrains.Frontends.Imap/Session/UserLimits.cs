using System.Collections.Concurrent;
using MailGrains.Model;

namespace MailGrains.Frontends.Imap.Session;

/// <summary>Counts the sessions of each user on this process, and those in IDLE.</summary>
internal sealed class UserLimits(ImapOptions options)
{
    private readonly ConcurrentDictionary<AccountId, (int Sessions, int Idles)> _counts = new();

    public bool TryEnter(AccountId account) => TryAdd(account, 1, 0);

    public void Leave(AccountId account) => Subtract(account, 1, 0);

    public bool TryIdle(AccountId account) => TryAdd(account, 0, 1);

    public void EndIdle(AccountId account) => Subtract(account, 0, 1);

    private bool TryAdd(AccountId account, int sessions, int idles)
    {
        while (true)
        {
            if (!_counts.TryGetValue(account, out var now))
            {
                if (_counts.TryAdd(account, (sessions, idles))) return true;
                continue;
            }

            var next = (now.Sessions + sessions, now.Idles + idles);
            if (next.Item1 > options.MaxConnectionsPerUser || next.Item2 > options.MaxIdlesPerUser) return false;
            if (_counts.TryUpdate(account, next, now)) return true;
        }
    }

    private void Subtract(AccountId account, int sessions, int idles)
    {
        while (_counts.TryGetValue(account, out var now))
        {
            var next = (now.Sessions - sessions, now.Idles - idles);
            var done = next == (0, 0)
                ? _counts.TryRemove(new KeyValuePair<AccountId, (int, int)>(account, now))
                : _counts.TryUpdate(account, next, now);
            if (done) return;
        }
    }
}
