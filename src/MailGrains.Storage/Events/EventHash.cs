using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using MailGrains.Model;

namespace MailGrains.Storage.Events;

/// <summary>
/// The hash chain of a mailbox's events. Version 1 hashes, in this order: the byte 1, the previous hash (32), the account
/// (16, big-endian), the sequence (8, big-endian), the time in µs since 1970 (8, big-endian), the length of the type's name (1), the
/// name in ASCII, the payload.
/// </summary>
public static class EventHash
{
    public const byte Version = 1;

    public static BlobId Compute(BlobId previous, AccountId account, long sequence, DateTimeOffset at, string type, ReadOnlySpan<byte> payload)
    {
        Span<byte> head = stackalloc byte[1 + 32 + 16 + 8 + 8 + 1 + 64];
        head[0] = Version;
        previous.Write(head[1..]);
        account.Value.TryWriteBytes(head[33..], bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(head[49..], sequence);
        BinaryPrimitives.WriteInt64BigEndian(head[57..], Microseconds(at));
        var name = Encoding.ASCII.GetBytes(type, head[66..]);
        head[65] = (byte)name;

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(head[..(66 + name)]);
        hash.AppendData(payload);
        Span<byte> result = stackalloc byte[BlobId.Length];
        hash.GetHashAndReset(result);
        return BlobId.Read(result);
    }

    /// <summary>The resolution in which event times are kept and hashed.</summary>
    public static long Microseconds(DateTimeOffset at) => (at - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
