using MailGrains.Model;
using MailGrains.Storage.Bodies;

namespace MailGrains.Storage.Packs;

/// <summary>A record ready to be written, in a rented array, once it has been given its place.</summary>
internal readonly record struct EncodedRecord(byte[] Rented, BlobId Blob, int Length, int StoredLength, ulong ContentHash, PackPosition Position)
{
    public int Size => PackFormat.RecordSize(StoredLength);

    public ReadOnlyMemory<byte> Bytes => Rented.AsMemory(0, Size);

    public BodyLocator Locator => new(Position.Pack, Position.Offset, StoredLength, Length);

    public EncodedRecord At(PackPosition position)
    {
        PackFormat.Place(Rented, ContentHash, position);
        return this with { Position = position };
    }

    public void Release() => RecordBuffers.Return(Rented);
}
