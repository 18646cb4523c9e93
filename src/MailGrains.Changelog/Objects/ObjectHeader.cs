using System.Text;
using MailGrains.Changelog.Reading;
using MailGrains.Mime.Headers;
using MailGrains.Storage.Records;

namespace MailGrains.Changelog.Objects;

/// <summary>What a message's header says of the object in it.</summary>
/// <param name="Kind">By <c>X-Kolab-Type</c>, or null.</param>
/// <param name="Subject">Unfolded, not decoded.</param>
/// <param name="MediaType">Of the whole message; lower case, empty where the header has none.</param>
internal sealed record ObjectHeader(GroupwareKind? Kind, string Subject, string MediaType)
{
    private const int ValueOctets = 4096;

    /// <summary>False for most mail, of which then no more is read.</summary>
    public bool MayHaveObject => Kind is not null || MediaType.StartsWith("multipart/", StringComparison.Ordinal)
        || KolabTypes.IsKolabMedia(MediaType) || KolabTypes.IsPlainMedia(MediaType);

    /// <summary>Kolab writes the UID as the Subject.</summary>
    public string? SubjectUid => GroupwareRow.IsUid(Subject) && !Subject.Contains("=?", StringComparison.Ordinal) ? Subject : null;

    public static ObjectHeader Read(ReadOnlySpan<byte> message)
    {
        string type = "", subject = "", media = "";
        var fields = new HeaderFieldReader(message[..Math.Min(message.Length, ReadingLimits.HeaderOctets)]);
        while (fields.Read())
        {
            if (type.Length == 0 && Is(fields.Name, KolabTypes.Header)) type = Text(fields.Value);
            else if (subject.Length == 0 && Is(fields.Name, "Subject")) subject = Text(fields.Value);
            else if (media.Length == 0 && Is(fields.Name, "Content-Type")) media = Text(fields.Value);
        }

        return new ObjectHeader(KolabTypes.KindOfType(WithoutParameters(type)), subject, WithoutParameters(media).ToLowerInvariant());
    }

    private static bool Is(ReadOnlySpan<byte> name, string wanted) => Ascii.EqualsIgnoreCase(name, wanted);

    /// <summary>Lines are joined without the blank that a folding needs: it is no part of a long UID.</summary>
    private static string Text(ReadOnlySpan<byte> value) =>
        Encoding.UTF8.GetString(value[..Math.Min(value.Length, ValueOctets)]).Replace("\r\n ", "", StringComparison.Ordinal)
            .Replace("\n ", "", StringComparison.Ordinal).Trim();

    private static string WithoutParameters(string value) => value.Split(';', 2)[0].Trim();
}
