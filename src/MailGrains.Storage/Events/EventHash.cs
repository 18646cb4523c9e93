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

    private const int LongestType = 64;

    private static readonly long Earliest = Microseconds(DateTimeOffset.MinValue);
    private static readonly long Latest = Microseconds(DateTimeOffset.MaxValue);

    public static BlobId Compute(BlobId previous, AccountId account, long sequence, DateTimeOffset at, string type, ReadOnlySpan<byte> payload)
    {
        Span<byte> head = stackalloc byte[1 + 32 + 16 + 8 + 8 + 1 + LongestType];
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

    /// <summary>Whether an event's hash is that of what it covers.</summary>
    public static bool IsThatOf(EventRecord record)
    {
        var written = record.Event;
        return written.Type.Length <= LongestType
            && Compute(written.PreviousHash, record.Account, written.Sequence, written.At, written.Type, written.Payload.Span) == written.Hash;
    }

    /// <summary>The resolution in which event times are kept and hashed.</summary>
    public static long Microseconds(DateTimeOffset at) => (at - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>
    /// The time that is kept as this number. What no event can have been given becomes a time that it wasn't given either: nobody hashed it, so the event is
    /// known to be changed, and is shown, at its place.
    /// </summary>
    public static DateTimeOffset TimeOf(long microseconds) => DateTimeOffset.UnixEpoch.AddTicks(
        Math.Clamp(microseconds, Earliest, Latest) * TimeSpan.TicksPerMicrosecond);
}
