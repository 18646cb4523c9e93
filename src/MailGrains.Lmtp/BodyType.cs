namespace MailGrains.Lmtp;

/// <summary>The BODY parameter of MAIL (RFC 6152). Bodies are stored as they come in either case.</summary>
public enum BodyType
{
    SevenBit,
    EightBitMime,
}
