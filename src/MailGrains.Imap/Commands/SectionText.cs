namespace MailGrains.Imap.Commands;

/// <summary>section-text (RFC 9051 section 9); <see cref="All"/> when there is none.</summary>
public enum SectionText
{
    All,
    Header,
    HeaderFields,
    HeaderFieldsNot,
    Text,
    Mime,
}
