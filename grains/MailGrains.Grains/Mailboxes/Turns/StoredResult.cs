using System.Buffers.Binary;
using System.Text;
using MailGrains.Model;
using MailGrains.Storage.Columns;

namespace MailGrains.Grains.Mailboxes.Turns;

/// <summary>
/// What a call that must not be done twice gave, as its operation remembers it; what a call has no use for is zero. Persisted, big-endian.
/// Version 1 (APPEND, delivery, account events): the byte 1, UIDVALIDITY (4), first UID (4), number of UIDs, which are consecutive (4), EMAILID of
/// the first (8), event sequence (8), the path in UTF-8 to the end. Version 2 (the others): the byte 2, the same fixed fields, folder id (4), octets of
/// the set (4), the set (<see cref="UidSetCodec"/>), the path to the end.
/// </summary>
internal sealed record StoredResult(string Path, uint UidValidity, uint FirstUid, uint Count, EmailId Email, long EventSequence)
{
    private const int FixedLength = 29;
    private const int SetStart = FixedLength + 8;

    /// <summary>DELETE and RENAME: there is nothing to tell but that it was done.</summary>
    public static StoredResult Done { get; } = new("", 0, 0, 0, default, 0);

    /// <summary>The folder CREATE made.</summary>
    public FolderId Folder { get; init; }

    /// <summary>The UIDs COPY took, or those STORE left alone.</summary>
    public UidSet Set { get; init; } = UidSet.Empty;

    /// <summary>The chain hash of the event; not kept, the log has it: null when this was read from the store.</summary>
    public BlobId? EventHash { get; init; }

    public UidSet Uids => Count == 0 ? UidSet.Empty : new([new UidRange(FirstUid, FirstUid + Count - 1)]);

    private bool IsVersion1 => Folder == default && Set.IsEmpty;

    public byte[] Encode()
    {
        var set = IsVersion1 ? [] : UidSetCodec.Encode(Set);
        var pathStart = IsVersion1 ? FixedLength : SetStart + set.Length;
        var bytes = new byte[pathStart + Encoding.UTF8.GetByteCount(Path)];
        bytes[0] = IsVersion1 ? (byte)1 : (byte)2;
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(1), UidValidity);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(5), FirstUid);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(9), Count);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(13), Email.Value);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(21), EventSequence);
        if (!IsVersion1)
        {
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(FixedLength), Folder.Value);
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(FixedLength + 4), set.Length);
            set.CopyTo(bytes.AsSpan(SetStart));
        }

        Encoding.UTF8.GetBytes(Path, bytes.AsSpan(pathStart));
        return bytes;
    }

    public static StoredResult Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < FixedLength || bytes[0] is 0 or > 2) throw new InvalidDataException("Operation result of an unknown version.");
        var (folder, set, pathStart) = bytes[0] == 2 ? DecodeSet(bytes) : (default, UidSet.Empty, FixedLength);
        return new StoredResult(
            Encoding.UTF8.GetString(bytes[pathStart..]),
            BinaryPrimitives.ReadUInt32BigEndian(bytes[1..]),
            BinaryPrimitives.ReadUInt32BigEndian(bytes[5..]),
            BinaryPrimitives.ReadUInt32BigEndian(bytes[9..]),
            new EmailId(BinaryPrimitives.ReadInt64BigEndian(bytes[13..])),
            BinaryPrimitives.ReadInt64BigEndian(bytes[21..]))
        {
            Folder = folder,
            Set = set,
        };
    }

    private static (FolderId Folder, UidSet Set, int PathStart) DecodeSet(ReadOnlySpan<byte> bytes)
    {
        var length = bytes.Length < SetStart ? -1 : BinaryPrimitives.ReadInt32BigEndian(bytes[(FixedLength + 4)..]);
        if (length < 0 || length > bytes.Length - SetStart) throw new InvalidDataException("Operation result is cut off.");
        var set = UidSetCodec.Decode(bytes.Slice(SetStart, length));
        return (new FolderId(BinaryPrimitives.ReadInt32BigEndian(bytes[FixedLength..])), set, SetStart + length);
    }
}
