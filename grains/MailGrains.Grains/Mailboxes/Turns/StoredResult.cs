using System.Buffers.Binary;
using System.Text;
using MailGrains.Model;

namespace MailGrains.Grains.Mailboxes.Turns;

/// <summary>
/// What an APPEND or a delivery gave, as its operation remembers it. Persisted; version 1, big-endian: the byte 1, UIDVALIDITY (4),
/// first UID (4), number of UIDs, which are consecutive (4), EMAILID of the first (8), event sequence (8), the path in UTF-8 to the end.
/// </summary>
internal sealed record StoredResult(string Path, uint UidValidity, uint FirstUid, uint Count, EmailId Email, long EventSequence)
{
    private const byte Version = 1;
    private const int FixedLength = 29;

    public UidSet Uids => new([new UidRange(FirstUid, FirstUid + Count - 1)]);

    public byte[] Encode()
    {
        var bytes = new byte[FixedLength + Encoding.UTF8.GetByteCount(Path)];
        bytes[0] = Version;
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(1), UidValidity);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(5), FirstUid);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(9), Count);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(13), Email.Value);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(21), EventSequence);
        Encoding.UTF8.GetBytes(Path, bytes.AsSpan(FixedLength));
        return bytes;
    }

    public static StoredResult Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < FixedLength || bytes[0] != Version) throw new InvalidDataException("Operation result of an unknown version.");
        return new StoredResult(
            Encoding.UTF8.GetString(bytes[FixedLength..]),
            BinaryPrimitives.ReadUInt32BigEndian(bytes[1..]),
            BinaryPrimitives.ReadUInt32BigEndian(bytes[5..]),
            BinaryPrimitives.ReadUInt32BigEndian(bytes[9..]),
            new EmailId(BinaryPrimitives.ReadInt64BigEndian(bytes[13..])),
            BinaryPrimitives.ReadInt64BigEndian(bytes[21..]));
    }
}
