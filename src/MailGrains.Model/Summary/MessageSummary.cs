using System.Buffers;
using System.Buffers.Binary;

namespace MailGrains.Model.Summary;

/// <summary>
/// Everything immutable that IMAP asks about a message, read in place from the bytes stored beside its index row. Made
/// once, at delivery, of the body blob alone; the trace header a delivery puts in front of the blob changes none of it,
/// and all offsets are relative to the blob. Copying this view copies a reference; no accessor allocates unless it says so.
/// </summary>
public readonly struct MessageSummary
{
    private readonly ReadOnlyMemory<byte> _encoded;

    private MessageSummary(ReadOnlyMemory<byte> encoded) => _encoded = encoded;

    /// <summary>The stored form; its first octet is the version.</summary>
    public ReadOnlyMemory<byte> Encoded => _encoded;

    public SummaryFlags Flags => (SummaryFlags)Head[SummaryLayout.FlagsAt];

    /// <summary>Octets of the body blob. RFC822.SIZE is this plus the delivery's trace header.</summary>
    public int BlobLength => BinaryPrimitives.ReadInt32LittleEndian(Head[SummaryLayout.BlobLengthAt..]);

    /// <summary>Octets of the blob's header, with the empty line that ends it.</summary>
    public int HeaderLength => BinaryPrimitives.ReadInt32LittleEndian(Head[SummaryLayout.HeaderLengthAt..]);

    /// <summary>The Date field's day as written, disregarding time and zone (SENTSINCE); null without a readable one.</summary>
    public DateOnly? SentDate
    {
        get
        {
            var day = BinaryPrimitives.ReadInt32LittleEndian(Head[SummaryLayout.SentDayAt..]);
            return day < 0 ? null : DateOnly.FromDayNumber(day);
        }
    }

    /// <summary>Hash of the Message-ID without its angle brackets; 0 without one. Stable across releases.</summary>
    public ulong MessageIdHash => BinaryPrimitives.ReadUInt64LittleEndian(Head[SummaryLayout.MessageIdAt..]);

    /// <summary>The value of ENVELOPE (RFC 9051 section 7.5.2), parentheses included; 8-bit strings are literals.</summary>
    public ReadOnlyMemory<byte> Envelope => Section(0);

    /// <summary>The value of BODYSTRUCTURE, with all extension data.</summary>
    public ReadOnlyMemory<byte> BodyStructure => Section(1);

    public PartTable Parts => new(Section(4).Span);

    public int ReferenceCount => Section(5).Length / sizeof(ulong);

    private ReadOnlySpan<byte> Head => _encoded.Span;

    private ulong UncoveredFields => BinaryPrimitives.ReadUInt64LittleEndian(Head[SummaryLayout.UncoveredAt..]);

    /// <exception cref="InvalidDataException">The bytes are no summary of a version this code knows.</exception>
    public static MessageSummary Read(ReadOnlyMemory<byte> encoded) => SummaryLayout.IsWellFormed(encoded.Span)
        ? new MessageSummary(encoded)
        : throw new InvalidDataException($"No message summary of version {SummaryLayout.Version}: {encoded.Length} octets.");

    /// <summary>Hash of the message's n-th ancestor, oldest first: its References, or else its In-Reply-To.</summary>
    public ulong Reference(int index) => BinaryPrimitives.ReadUInt64LittleEndian(Section(5).Span[(index * sizeof(ulong))..]);

    /// <summary>Writes the value of BODY, which is BODYSTRUCTURE without its extension data.</summary>
    public void WriteBody(IBufferWriter<byte> output)
    {
        var structure = BodyStructure.Span;
        var cuts = Section(2).Span;
        for (var position = 0; position < cuts.Length;)
        {
            var keep = (int)Varint.Read(cuts, ref position);
            var skip = (int)Varint.Read(cuts, ref position);
            output.Write(structure[..keep]);
            structure = structure[(keep + skip)..];
        }

        output.Write(structure);
    }

    /// <summary>Whether the summary knows all lines of the field with this number of <see cref="CachedFields"/>.</summary>
    public bool Covers(int cachedField) => cachedField >= 0 && (UncoveredFields >> cachedField & 1) == 0;

    /// <summary>Whether HEADER.FIELDS of this section can be answered without the blob.</summary>
    public bool Covers(SectionPath section) => section.AllFieldsCached && (UncoveredFields & section.CachedFieldMask) == 0;

    /// <summary>The cached header fields in the message's order.</summary>
    public CachedHeaderTable CachedHeaders => new(Section(3));

    /// <summary>The decoded and folded text of one field.</summary>
    public SearchFieldText SearchText(SearchField field)
    {
        var texts = Section(6);
        var position = 0;
        for (var i = 0; ; i++)
        {
            var length = (int)Varint.Read(texts.Span, ref position) - 2;
            if (i == (int)field)
                return length < 0
                    ? new SearchFieldText(IsStored: length == -2, IsPresent: length == -1, default)
                    : new SearchFieldText(IsStored: true, IsPresent: true, texts.Slice(position, length));
            position += Math.Max(0, length);
        }
    }

    private ReadOnlyMemory<byte> Section(int section)
    {
        var start = SummaryLayout.ReadEnd(_encoded.Span, section - 1);
        return _encoded[start..SummaryLayout.ReadEnd(_encoded.Span, section)];
    }
}
