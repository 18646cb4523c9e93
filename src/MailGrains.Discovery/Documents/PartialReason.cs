namespace MailGrains.Discovery.Documents;

/// <summary>Why a part of a message, or all of it, is not in its document. The numbers are part of the stored format.</summary>
public enum PartialReason : byte
{
    /// <summary>S/MIME, enveloped (RFC 8551) or not said to be anything else.</summary>
    EncryptedSmime = 0,

    /// <summary>PGP/MIME (RFC 3156) or an armoured message in the text.</summary>
    EncryptedPgp = 1,

    /// <summary>A file that is no text, such as application/pdf: its name is in the document, not what is in it.</summary>
    UnsupportedType = 2,

    /// <summary>A picture, sound or film: there may be words in it.</summary>
    Media = 3,

    /// <summary>Text in a charset that nobody knows was taken as UTF-8.</summary>
    UnknownCharset = 4,

    /// <summary>Nested deeper than the limits.</summary>
    DepthLimit = 5,

    /// <summary>More parts than the limits.</summary>
    PartLimit = 6,

    /// <summary>Text or a header longer than the limits was cut.</summary>
    SizeLimit = 7,

    /// <summary>The part can't be read as what it says it is; what could be read of it is in the document.</summary>
    Malformed = 8,
}
