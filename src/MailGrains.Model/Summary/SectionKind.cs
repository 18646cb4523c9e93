namespace MailGrains.Model.Summary;

/// <summary>The section-text of RFC 9051 section 6.4.5.1.</summary>
public enum SectionKind : byte
{
    /// <summary>No section-text: the whole message, or the body of a part.</summary>
    All,
    Header,
    HeaderFields,
    HeaderFieldsNot,
    Text,

    /// <summary>The MIME header of a numbered part.</summary>
    Mime,
}
