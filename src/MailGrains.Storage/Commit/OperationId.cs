using System.Buffers.Binary;
using MailGrains.Model;

namespace MailGrains.Storage.Commit;

/// <summary>Names one non-idempotent call, so that its repetition finds the first result instead of doing it twice.</summary>
public readonly record struct OperationId(BlobId Value)
{
    /// <summary>Of an id's first eight octets, as a number; 0 where the store has fewer, which are no operation's.</summary>
    public static ulong Beginning(ReadOnlySpan<byte> octets) => octets.Length == sizeof(ulong) ? BinaryPrimitives.ReadUInt64BigEndian(octets) : 0;

    public override string ToString() => Value.ToString();
}
