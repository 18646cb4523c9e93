using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace MailGrains.Verify.Events;

/// <summary>An event's hash from what it covers: the table "The hash chain" of docs/events.md, version 1.</summary>
internal static class ChainHash
{
    private const byte Version = 1;
    private const int MaxTypeLength = 64;

    public static Digest Of(EventRow row)
    {
        Span<byte> covered = stackalloc byte[1 + 32 + 16 + 8 + 8 + 1 + MaxTypeLength];
        covered[0] = Version;
        row.Previous.Write(covered[1..]);
        row.Account.TryWriteBytes(covered[33..], bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(covered[49..], row.Sequence);
        BinaryPrimitives.WriteInt64BigEndian(covered[57..], row.At);
        covered[65] = (byte)Encoding.ASCII.GetBytes(row.Type, covered[66..]);

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(covered[..(66 + covered[65])]);
        hash.AppendData(row.Payload);
        Span<byte> result = stackalloc byte[Digest.Length];
        hash.GetHashAndReset(result);
        return Digest.Read(result);
    }
}
