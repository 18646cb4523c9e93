using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using MailGrains.Model;
using MailGrains.Model.Summary;

namespace MailGrains.Discovery.Documents;

/// <summary>Reads what <see cref="DocumentWriter"/> wrote.</summary>
internal ref struct DocumentReader
{
    private readonly ReadOnlySpan<byte> _encoded;
    private int _position;

    private DocumentReader(ReadOnlySpan<byte> encoded) => _encoded = encoded;

    public static DiscoveryDocument Read(ReadOnlySpan<byte> encoded)
    {
        if (encoded.IsEmpty || encoded[0] != DocumentWriter.Version)
            throw new InvalidDataException($"No discovery document of version {DocumentWriter.Version}: {encoded.Length} octets.");
        var reader = new DocumentReader(encoded);
        var document = reader.ReadDocument();
        return reader._position == encoded.Length ? document : throw Broken();
    }

    private DiscoveryDocument ReadDocument()
    {
        var version = Take(2)[1];
        var sha256 = BlobId.Read(Take(BlobId.Length));
        var date = ReadDate();
        var subject = ReadText();
        var addresses = ImmutableArray.CreateBuilder<ImmutableArray<DiscoveryAddress>>(DiscoveryDocument.AddressFields);
        for (var i = 0; i < DiscoveryDocument.AddressFields; i++)
            addresses.Add(ReadAddresses());
        var messageId = ReadText();
        var listId = ReadText();
        return new DiscoveryDocument
        {
            TokenizerVersion = version,
            Sha256 = sha256,
            Date = date,
            Subject = subject,
            Addresses = addresses.MoveToImmutable(),
            MessageId = messageId.Length == 0 ? null : messageId,
            ListId = listId.Length == 0 ? null : listId,
            References = ReadReferences(),
            Attachments = ReadAttachments(),
            Partial = ReadPartial(),
            Tokens = ReadTokens(),
        };
    }

    private DateTimeOffset? ReadDate()
    {
        if (Take(1)[0] == 0) return null;
        var ticks = ReadLong();
        var minutes = BinaryPrimitives.ReadInt16LittleEndian(Take(sizeof(short)));
        try
        {
            return new DateTimeOffset(ticks, TimeSpan.Zero).ToOffset(TimeSpan.FromMinutes(minutes));
        }
        catch (ArgumentException)
        {
            throw Broken();
        }
    }

    private ImmutableArray<DiscoveryAddress> ReadAddresses()
    {
        var addresses = ImmutableArray.CreateBuilder<DiscoveryAddress>();
        for (var left = ReadNumber(); left > 0; left--)
            addresses.Add(new DiscoveryAddress(ReadText(), ReadText()));
        return addresses.DrainToImmutable();
    }

    private ImmutableArray<string> ReadReferences()
    {
        var references = ImmutableArray.CreateBuilder<string>();
        for (var left = ReadNumber(); left > 0; left--)
            references.Add(ReadText());
        return references.DrainToImmutable();
    }

    private ImmutableArray<DiscoveryAttachment> ReadAttachments()
    {
        var attachments = ImmutableArray.CreateBuilder<DiscoveryAttachment>();
        for (var left = ReadNumber(); left > 0; left--)
            attachments.Add(new DiscoveryAttachment(ReadText(), ReadText(), ReadText(), ReadLong(), BlobId.Read(Take(BlobId.Length)), Take(1)[0] != 0));
        return attachments.DrainToImmutable();
    }

    private ImmutableArray<PartialPart> ReadPartial()
    {
        var partial = ImmutableArray.CreateBuilder<PartialPart>();
        for (var left = ReadNumber(); left > 0; left--)
        {
            var reason = (PartialReason)Take(1)[0];
            partial.Add(new PartialPart(ReadText(), reason, ReadText()));
        }

        return partial.DrainToImmutable();
    }

    private DocumentTokens ReadTokens()
    {
        var subject = ReadText();
        var addresses = new string[DiscoveryDocument.AddressFields];
        foreach (ref var field in addresses.AsSpan())
            field = ReadText();
        return new DocumentTokens
        {
            Subject = subject,
            Addresses = addresses,
            AttachmentNames = ReadText(),
            ListId = ReadText(),
            Identifiers = ReadText(),
            Body = ReadText(),
        };
    }

    private uint ReadNumber() => Varint.Read(_encoded, ref _position);

    private long ReadLong() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

    private string ReadText() => Encoding.UTF8.GetString(Take(ReadNumber()));

    private ReadOnlySpan<byte> Take(uint octets)
    {
        if (octets > (uint)(_encoded.Length - _position)) throw Broken();
        _position += (int)octets;
        return _encoded[(_position - (int)octets).._position];
    }

    private static InvalidDataException Broken() => new("The discovery document is cut or damaged.");
}
