namespace MailGrains.Discovery.Documents;

/// <summary>The most that a document takes in of one message. What is beyond is named in <see cref="DiscoveryDocument.Partial"/>.</summary>
public sealed record ExtractionLimits
{
    public static readonly ExtractionLimits Default = new();

    /// <summary>Nested multiparts and messages; never more than a summary's 100.</summary>
    public int Depth { get; init; } = 100;

    /// <summary>MIME entities, those of messages inside included.</summary>
    public int Parts { get; init; } = 10_000;

    /// <summary>Octets of decoded text, all parts together.</summary>
    public int TextOctets { get; init; } = 16 * 1024 * 1024;

    /// <summary>Octets that are decoded at all, all parts together: what is beyond is neither read nor hashed.</summary>
    public long DecodedOctets { get; init; } = 1024L * 1024 * 1024;

    /// <summary>Octets of one header field.</summary>
    public int FieldOctets { get; init; } = 256 * 1024;

    /// <summary>Addresses of one header field.</summary>
    public int Addresses { get; init; } = 10_000;

    /// <summary>UTF-16 units of a file name.</summary>
    public int FileName { get; init; } = 1024;
}
