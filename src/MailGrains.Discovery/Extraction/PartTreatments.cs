namespace MailGrains.Discovery.Extraction;

/// <summary>Media type → what is done with it.</summary>
internal static class PartTreatments
{
    public static PartTreatment Of(string mediaType) => mediaType switch
    {
        "text/html" or "application/xhtml+xml" => PartTreatment.Html,
        "text/calendar" or "text/vcard" or "text/x-vcard" or "text/directory" => PartTreatment.FoldedText,
        "application/pkcs7-mime" or "application/x-pkcs7-mime" => PartTreatment.Smime,
        "application/pgp-signature" or "application/pkcs7-signature" or "application/x-pkcs7-signature" or "application/pgp-keys"
            or "application/pgp-encrypted" => PartTreatment.Nothing,
        "application/json" or "application/xml" or "application/ics" => PartTreatment.Text,
        _ when mediaType.StartsWith("text/", StringComparison.Ordinal) || mediaType.StartsWith("message/", StringComparison.Ordinal) => PartTreatment.Text,
        _ when mediaType.EndsWith("+xml", StringComparison.Ordinal) && !mediaType.StartsWith("image/", StringComparison.Ordinal) => PartTreatment.Text,
        _ when mediaType.EndsWith("+json", StringComparison.Ordinal) => PartTreatment.Text,
        _ when mediaType.StartsWith("image/", StringComparison.Ordinal) || mediaType.StartsWith("audio/", StringComparison.Ordinal)
            || mediaType.StartsWith("video/", StringComparison.Ordinal) || mediaType.StartsWith("font/", StringComparison.Ordinal) => PartTreatment.Media,
        _ => PartTreatment.Unsupported,
    };
}
