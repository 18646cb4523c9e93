namespace MailGrains.Model.Summary;

/// <summary>Content-Transfer-Encoding (RFC 2045 section 6). The numbers are part of the stored format.</summary>
public enum TransferEncoding : byte
{
    SevenBit = 0,
    EightBit = 1,
    Binary = 2,
    QuotedPrintable = 3,
    Base64 = 4,

    /// <summary>Anything else: BINARY answers UNKNOWN-CTE (RFC 9051 section 7.1).</summary>
    Unknown = 5,
}
