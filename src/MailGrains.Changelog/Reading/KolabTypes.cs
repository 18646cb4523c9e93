using MailGrains.Storage.Records;

namespace MailGrains.Changelog.Reading;

/// <summary>The types of Kolab objects, as the header <c>X-Kolab-Type</c> and version 2's media types name them.</summary>
internal static class KolabTypes
{
    public const string Header = "X-Kolab-Type";

    /// <summary>Of version 2's media types and of all values of the header.</summary>
    public const string Prefix = "application/x-vnd.kolab.";

    /// <summary>Media types that no mail has but Kolab's, besides those with <see cref="Prefix"/>.</summary>
    public static bool IsKolabMedia(string mediaType) => mediaType.StartsWith(Prefix, StringComparison.Ordinal)
        || mediaType is "application/vnd.kolab+xml" or "application/calendar+xml" or "application/vcard+xml";

    /// <summary>Media types that also come as attachments of mail, and then are no objects.</summary>
    public static bool IsPlainMedia(string mediaType) => mediaType is "text/calendar" or "text/vcard" or "text/x-vcard";

    /// <summary>Of a value with <see cref="Prefix"/>, or null.</summary>
    public static GroupwareKind? KindOfType(string? type) =>
        type is not null && type.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? KindOf(type[Prefix.Length..].ToLowerInvariant()) : null;

    /// <summary>Of a type without prefix, which is also the name of the root element of Kolab's XML.</summary>
    public static GroupwareKind? KindOf(string name) => name switch
    {
        "event" => GroupwareKind.Event,
        "task" => GroupwareKind.Task,
        "journal" => GroupwareKind.Journal,
        "note" => GroupwareKind.Note,
        "contact" => GroupwareKind.Contact,
        "distribution-list" => GroupwareKind.DistributionList,
        "file" => GroupwareKind.File,
        "configuration" => GroupwareKind.Configuration,
        _ => name.StartsWith("configuration.", StringComparison.Ordinal) ? GroupwareKind.Configuration : null,
    };
}
