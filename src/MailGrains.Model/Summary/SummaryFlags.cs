namespace MailGrains.Model.Summary;

/// <summary>What a summary could not hold in full, because the message went beyond a limit.</summary>
[Flags]
public enum SummaryFlags : byte
{
    None = 0,

    /// <summary>The MIME tree goes deeper or wider than the limits; containers beyond them appear as application/octet-stream.</summary>
    StructureTruncated = 1,

    /// <summary>A field of an ENVELOPE or a body parameter was longer than its limit and was cut.</summary>
    FieldTruncated = 2,
}
