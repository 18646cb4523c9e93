namespace MailGrains.Model.Summary;

/// <summary>
/// One MIME entity. All offsets are octets into the body blob. The body follows the header directly.
/// </summary>
public readonly ref struct MessagePart
{
    /// <summary>0 for the message itself; children are one deeper.</summary>
    public int Depth { get; init; }

    /// <summary>The place among its siblings, from 1.</summary>
    public uint Ordinal { get; init; }

    public PartKind Kind { get; init; }

    public TransferEncoding Encoding { get; init; }

    public int HeaderStart { get; init; }

    /// <summary>Including the empty line that ends it, when there is one.</summary>
    public int HeaderLength { get; init; }

    public int BodyLength { get; init; }

    /// <summary>Line feeds in the body.</summary>
    public uint Lines { get; init; }

    /// <summary>Lower case, <c>type/subtype</c>; the default where the header names none.</summary>
    public ReadOnlySpan<byte> ContentType { get; init; }

    /// <summary>Lower case; empty where the header names none.</summary>
    public ReadOnlySpan<byte> Charset { get; init; }

    public int BodyStart => HeaderStart + HeaderLength;
}
