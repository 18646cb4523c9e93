using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using MailGrains.Model;

namespace MailGrains.Storage.Mailboxes;

/// <summary>
/// Names whose a folder is, which one, and what it is called: whatever decides who can read it and where. Events and pictures of mailboxes carry it
/// (docs/events.md, "The state of a folder"), so this encoding is persisted. The first 8 octets, big-endian, of SHA-256 over: the byte 1; the owner's account
/// id (16 octets); folder id (4); UIDVALIDITY (4); octets of the path in UTF-8 (4), all big-endian; the path; the special use in ASCII, nothing when there is
/// none.
/// </summary>
public readonly record struct FolderStateId(ulong Value)
{
    private const int FixedLength = 29;

    public static FolderStateId Of(AccountId owner, FolderRow row)
    {
        var use = row.SpecialUse ?? "";
        var rented = ArrayPool<byte>.Shared.Rent(FixedLength + Encoding.UTF8.GetMaxByteCount(row.Path.Length) + Encoding.UTF8.GetMaxByteCount(use.Length));
        var bytes = rented.AsSpan();
        bytes[0] = 1;
        owner.Value.TryWriteBytes(bytes[1..], bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(bytes[17..], row.Id.Value);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[21..], row.UidValidity);
        var path = Encoding.UTF8.GetBytes(row.Path, bytes[FixedLength..]);
        BinaryPrimitives.WriteInt32BigEndian(bytes[25..], path);
        var length = FixedLength + path + Encoding.UTF8.GetBytes(use, bytes[(FixedLength + path)..]);

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes[..length], hash);
        ArrayPool<byte>.Shared.Return(rented);
        return new FolderStateId(BinaryPrimitives.ReadUInt64BigEndian(hash));
    }

    public override string ToString() => Value.ToString("x16", System.Globalization.CultureInfo.InvariantCulture);
}
