namespace MailGrains.Changelog.Reading;

/// <summary>The most that is read of one object. What is larger is no object to the changelog; the message is kept all the same.</summary>
public static class ReadingLimits
{
    /// <summary>Octets of the text of an object, decoded. Attachments of Kolab objects are parts of their own and don't count.</summary>
    public const int PayloadOctets = 4 * 1024 * 1024;

    /// <summary>Octets of the message's header that are looked through for the object's type and its Subject.</summary>
    public const int HeaderOctets = 256 * 1024;

    /// <summary>MIME parts that are looked at.</summary>
    public const int Parts = 200;

    /// <summary>XML elements within each other, and components of iCalendar.</summary>
    public const int Depth = 32;

    /// <summary>Characters of an XML element's name, or of a property's.</summary>
    public const int NameLength = 100;

    /// <summary>XML elements and attributes, or lines of iCalendar and vCard with their parameters and values.</summary>
    public const int Nodes = 20_000;
}
