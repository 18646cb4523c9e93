using MailGrains.Model.Summary;

namespace MailGrains.Mime.Structure;

/// <summary>One MIME entity as the scanner found it: where everything is, nothing copied.</summary>
internal struct PartRecord
{
    public int Depth;
    public uint Ordinal;
    public uint Children;
    public PartKind Kind;
    public TransferEncoding Encoding;

    /// <summary>The parent is a multipart/digest: message/rfc822 is the default type (RFC 2046 section 5.1.5).</summary>
    public bool InDigest;

    /// <summary>A multipart/digest itself.</summary>
    public bool IsDigest;

    /// <summary>A container beyond the limits, or one that says nothing of its boundary: shown as another type.</summary>
    public bool IsDemoted;

    public int HeaderStart;
    public int BodyStart;
    public int BodyEnd;
    public uint Lines;

    public FieldRange ContentType;
    public FieldRange TransferEncodingField;
    public FieldRange Id;
    public FieldRange Description;
    public FieldRange Md5;
    public FieldRange Disposition;
    public FieldRange Language;
    public FieldRange Location;
}
