namespace MailGrains.Mime;

/// <summary>The most that a summary takes in of one message. Beyond it the message is stored and served all the same.</summary>
public static class SummaryLimits
{
    /// <summary>Nested multiparts and messages; a container below appears as application/octet-stream.</summary>
    public const int Depth = 100;

    /// <summary>MIME entities; the rest belongs to the body of the container they are in.</summary>
    public const int Parts = 10_000;

    /// <summary>Octets of an address field that ENVELOPE takes in, all fields of one name together.</summary>
    public const int AddressFieldOctets = 256 * 1024;

    /// <summary>Octets of any other single field or parameter in ENVELOPE and BODYSTRUCTURE.</summary>
    public const int FieldOctets = 8 * 1024;

    /// <summary>Octets of raw header that are decoded for one field's search text.</summary>
    public const int SearchFieldOctets = 4 * 1024;

    /// <summary>Ancestors kept for threading, the nearest ones.</summary>
    public const int References = 128;
}
