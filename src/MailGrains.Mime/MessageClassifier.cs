using System.Buffers;
using System.Text;
using MailGrains.Mime.Headers;
using MailGrains.Model;
using MailGrains.Model.Summary;

namespace MailGrains.Mime;

/// <summary>
/// Finds the classes of a message. It never throws on content, takes time linear in the message and memory bounded by <see cref="SummaryLimits"/>. What is in
/// a message inside, a forwarded one perhaps, says nothing of this one.
/// </summary>
public static class MessageClassifier
{
    /// <summary>Octets of the header that are looked at.</summary>
    private const int HeaderOctets = 256 << 10;

    private const int MostFields = 1000;
    private const int MostParts = 1000;

    private static readonly SearchValues<byte> s_wordEnd = SearchValues.Create(" \t\r\n;("u8);

    private static ReadOnlySpan<byte> Blanks => " \t\r\n"u8;

    /// <param name="message">As it was received.</param>
    public static MessageClasses Of(ReadOnlyMemory<byte> message)
    {
        var header = message.Span[..Math.Min(message.Length, HeaderOctets)];
        return OfFields(header, out var contentType) | OfParts(SummaryBuilder.Build(message), contentType);
    }

    private static MessageClasses OfFields(ReadOnlySpan<byte> header, out ReadOnlySpan<byte> contentType)
    {
        var classes = MessageClasses.None;
        contentType = default;
        var fields = new HeaderFieldReader(header);
        for (var looked = 0; looked < MostFields && fields.Read(); looked++)
        {
            if (Is(fields.Name, "List-Id")) classes |= fields.Value.Trim(Blanks).IsEmpty ? MessageClasses.None : MessageClasses.Bulk;
            else if (Is(fields.Name, "Precedence")) classes |= IsToMany(Word(fields.Value)) ? MessageClasses.Bulk : MessageClasses.None;
            else if (Is(fields.Name, "Auto-Submitted")) classes |= IsByProgram(Word(fields.Value)) ? MessageClasses.Auto : MessageClasses.None;
            else if (Is(fields.Name, "X-Kolab-Type")) classes |= fields.Value.Trim(Blanks).IsEmpty ? MessageClasses.None : MessageClasses.Groupware;
            else if (contentType.IsEmpty && Is(fields.Name, "Content-Type")) contentType = fields.Value;
        }

        return classes;
    }

    private static MessageClasses OfParts(MessageSummary summary, ReadOnlySpan<byte> contentType)
    {
        var classes = MessageClasses.None;
        var inside = int.MaxValue;
        var looked = 0;
        foreach (var part in summary.Parts)
        {
            if (looked++ == MostParts) break;
            if (part.Depth == 0) classes |= OfWhole(part.ContentType, contentType);
            if (part.Depth > inside) continue;
            inside = part.Kind == PartKind.Message ? part.Depth : int.MaxValue;
            if (part.ContentType.SequenceEqual("text/calendar"u8)) classes |= MessageClasses.Calendar;
        }

        return classes;
    }

    /// <param name="type">As BODYSTRUCTURE shows it.</param>
    /// <param name="contentType">The field, raw.</param>
    private static MessageClasses OfWhole(ReadOnlySpan<byte> type, ReadOnlySpan<byte> contentType)
    {
        if (type.SequenceEqual("multipart/report"u8)) return MessageClasses.Report;
        if (type.SequenceEqual("multipart/encrypted"u8)) return MessageClasses.Encrypted;
        return (type.SequenceEqual("application/pkcs7-mime"u8) || type.SequenceEqual("application/x-pkcs7-mime"u8)) && IsEnveloped(contentType)
            ? MessageClasses.Encrypted
            : MessageClasses.None;
    }

    /// <summary>Without the parameter it may be a signed message as well.</summary>
    private static bool IsEnveloped(ReadOnlySpan<byte> contentType)
    {
        var field = contentType[..Math.Min(contentType.Length, SummaryLimits.FieldOctets)];
        for (var reader = new ParameterReader(ContentType.Parse(field).Parameters, new SummaryBuffer()); reader.Read();)
        {
            if (!Ascii.EqualsIgnoreCase(reader.Name, "smime-type"u8)) continue;
            return Ascii.EqualsIgnoreCase(reader.Value, "enveloped-data"u8) || Ascii.EqualsIgnoreCase(reader.Value, "authEnveloped-data"u8);
        }

        return false;
    }

    private static bool Is(ReadOnlySpan<byte> name, string wanted) => Ascii.EqualsIgnoreCase(name, wanted);

    private static bool IsToMany(ReadOnlySpan<byte> word) =>
        Ascii.EqualsIgnoreCase(word, "bulk"u8) || Ascii.EqualsIgnoreCase(word, "list"u8) || Ascii.EqualsIgnoreCase(word, "junk"u8);

    private static bool IsByProgram(ReadOnlySpan<byte> word) => !word.IsEmpty && !Ascii.EqualsIgnoreCase(word, "no"u8);

    /// <summary>The first word of a value, without comments and parameters.</summary>
    private static ReadOnlySpan<byte> Word(ReadOnlySpan<byte> value)
    {
        value = Comments.SkipBlanks(value);
        var end = value.IndexOfAny(s_wordEnd);
        return end < 0 ? value : value[..end];
    }
}
