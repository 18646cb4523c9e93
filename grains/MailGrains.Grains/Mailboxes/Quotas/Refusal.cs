using System.Buffers.Binary;

namespace MailGrains.Grains.Mailboxes.Quotas;

/// <summary>
/// What was refused for quota. Persisted, big-endian: the byte 1 (version), messages (8), octets (8).
/// </summary>
internal readonly record struct Refusal(long Messages, long Octets)
{
    private const int Length = 17;

    public byte[] Encode()
    {
        var bytes = new byte[Length];
        bytes[0] = 1;
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(1), Messages);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(9), Octets);
        return bytes;
    }

    public static Refusal Decode(ReadOnlySpan<byte> bytes) => bytes.Length == Length && bytes[0] == 1
        ? new Refusal(BinaryPrimitives.ReadInt64BigEndian(bytes[1..]), BinaryPrimitives.ReadInt64BigEndian(bytes[9..]))
        : throw new InvalidDataException("Quota refusal of an unknown version.");
}
