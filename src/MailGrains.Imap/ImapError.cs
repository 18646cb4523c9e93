namespace MailGrains.Imap;

/// <summary>Why a command is refused before it runs: NO or BAD, the response code without brackets, text for a person.</summary>
public sealed record ImapError(ImapCondition Condition, string Text, string? Code = null)
{
    public static ImapError Bad(string text) => new(ImapCondition.Bad, text);

    public static ImapError No(string text, string? code = null) => new(ImapCondition.No, text, code);

    /// <summary>RFC 9051 section 7.1, BADCHARSET: the supported charsets are listed.</summary>
    public static readonly ImapError UnknownCharset =
        No("Charset not supported", $"{ResponseCodes.BadCharset} ({string.Join(' ', Syntax.Charsets.Listed)})");
}
