using System.Runtime.InteropServices;
using MailGrains.Model;
using MailGrains.Storage.Mailboxes;

namespace MailGrains.Frontends.Imap.Fetch;

/// <summary>
/// Email records read lately, by all sessions of the process, bounded by octets. Each shard keeps two generations: what is
/// found in the old one moves to the young one; when the young one is full it becomes the old one and the old one is dropped. That
/// keeps what is in use without a list to maintain at each hit.
/// </summary>
internal sealed class EmailCache
{
    private const int Shards = 16;

    // What an entry costs beside its octets: the record, two array headers, its place in the dictionary.
    private const int Overhead = 200;

    private readonly Shard[] _shards;

    public EmailCache(long maxOctets)
    {
        _shards = new Shard[Shards];
        for (var i = 0; i < Shards; i++) _shards[i] = new Shard(maxOctets / Shards / 2);
    }

    public EmailRecord? Find(AccountId account, EmailId email) => ShardOf(account, email).Find((account, email));

    public void Add(AccountId account, EmailRecord record) => ShardOf(account, record.Id).Add((account, record.Id), record);

    private Shard ShardOf(AccountId account, EmailId email) => _shards[(account.GetHashCode() ^ (int)email.Value) & (Shards - 1)];

    private sealed class Shard(long maxOctets)
    {
        private readonly Lock _lock = new();
        private Dictionary<(AccountId, EmailId), EmailRecord> _young = [];
        private Dictionary<(AccountId, EmailId), EmailRecord> _old = [];
        private long _octets;

        public EmailRecord? Find((AccountId, EmailId) key)
        {
            lock (_lock)
            {
                if (_young.TryGetValue(key, out var record)) return record;
                if (!_old.Remove(key, out record)) return null;
                Put(key, record);
                return record;
            }
        }

        public void Add((AccountId, EmailId) key, EmailRecord record)
        {
            lock (_lock) Put(key, record);
        }

        private void Put((AccountId, EmailId) key, EmailRecord record)
        {
            ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(_young, key, out var known);
            place = record;
            if (known) return;
            _octets += Overhead + record.Summary.Length + record.Prefix.Length;
            if (_octets <= maxOctets) return;
            (_old, _young) = (_young, []);
            _octets = 0;
        }
    }
}
