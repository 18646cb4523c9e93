namespace MailGrains.Model.Summary;

/// <summary>How a part takes part in section numbering and search. The numbers are part of the stored format.</summary>
public enum PartKind : byte
{
    /// <summary>A leaf that is no text: never searched.</summary>
    Other = 0,

    /// <summary>text/*</summary>
    Text = 1,

    /// <summary>multipart/*: its children follow it, one level deeper.</summary>
    Multipart = 2,

    /// <summary>message/rfc822 or message/global: exactly one child, the header and body of the message inside.</summary>
    Message = 3,
}
