using System.Collections.Concurrent;
using System.Security.Cryptography;
using MailGrains.Model;

namespace MailGrains.Authentication;

/// <summary>
/// Remembers, under a key that lives as long as the process, passwords that were just found right, so that clients that log in again
/// and again don't cost an argon2id each time. An account's newer version voids what was remembered.
/// </summary>
public sealed class VerifiedPasswords(AuthenticationOptions options, TimeProvider time)
{
    private const int Capacity = 50_000;

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly ConcurrentDictionary<AccountId, Entry> _entries = new();

    public bool IsKnown(AccountId account, long version, ReadOnlySpan<byte> password)
    {
        if (!_entries.TryGetValue(account, out var entry)) return false;
        if (entry.Version != version || time.GetElapsedTime(entry.At) > options.VerifiedFor)
        {
            _entries.TryRemove(KeyValuePair.Create(account, entry));
            return false;
        }

        return CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(_key, password), entry.Mac);
    }

    public void Remember(AccountId account, long version, ReadOnlySpan<byte> password)
    {
        if (_entries.Count >= Capacity) _entries.Clear();
        _entries[account] = new Entry(version, time.GetTimestamp(), HMACSHA256.HashData(_key, password));
    }

    private sealed record Entry(long Version, long At, byte[] Mac);
}
