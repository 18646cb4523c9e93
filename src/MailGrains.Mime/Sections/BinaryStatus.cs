namespace MailGrains.Mime.Sections;

public enum BinaryStatus
{
    Decoded,

    /// <summary>No such part: NIL.</summary>
    Absent,

    /// <summary>An encoding nobody knows: NO [UNKNOWN-CTE] (RFC 9051 section 7.1).</summary>
    UnknownEncoding,
}
