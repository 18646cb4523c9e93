using System.Buffers;
using MailGrains.Mime.Headers;
using MailGrains.Mime.Structure;
using MailGrains.Model.Summary;

namespace MailGrains.Mime.Rendering;

/// <summary>
/// Writes BODYSTRUCTURE (RFC 9051 section 7.5.2, body) of scanned parts, and notes where the extension data stand that
/// BODY leaves out. Containers that are open are kept on a stack of their own.
/// </summary>
internal sealed class BodyStructureWriter(EnvelopeWriter envelopes, FieldWriter fields)
{
    private const int MaxParameters = 200;

    /// <summary>Octets of one Content-Type or Content-Disposition that are read for parameters.</summary>
    private const int MaxParameterOctets = 64 * 1024;

    private static readonly SearchValues<byte> s_languageEnd = SearchValues.Create(" \t\r\n,"u8);

    private readonly SummaryBuffer _value = new();
    private readonly int[] _open = new int[SummaryLimits.Depth + 2];
    private int _depth;
    private int _kept;

    public void Write(ReadOnlySpan<byte> blob, ReadOnlySpan<PartRecord> parts, SummaryContent content)
    {
        (_depth, _kept) = (0, 0);
        for (var i = 0; i < parts.Length; i++)
        {
            while (_depth > parts[i].Depth)
                Close(blob, parts[_open[--_depth]], content);
            Open(blob, parts[i], content.BodyStructure);
            _open[_depth++] = i;
        }

        while (_depth > 0)
            Close(blob, parts[_open[--_depth]], content);
    }

    private void Open(ReadOnlySpan<byte> blob, in PartRecord part, SummaryBuffer output)
    {
        output.WriteByte((byte)'(');
        if (part.Kind == PartKind.Multipart)
            return;
        var type = PartTypes.MediaType(blob, part);
        ImapText.WriteLowerCase(output, type.Type);
        Space(output);
        ImapText.WriteLowerCase(output, type.Subtype);
        Space(output);
        if (type.IsDefault)
            output.Write("(\"charset\" \"us-ascii\")"u8);
        else
            WriteParameters(output, type.Parameters);
        Space(output);
        fields.WriteField(output, !part.Id.IsEmpty, part.Id.Of(blob));
        Space(output);
        fields.WriteField(output, !part.Description.IsEmpty, part.Description.Of(blob));
        Space(output);
        var encoding = TransferEncodings.Name(part.TransferEncodingField.Of(blob));
        ImapText.WriteLowerCase(output, encoding.IsEmpty ? "7bit"u8 : fields.Limit(encoding, SummaryLimits.FieldOctets));
        Space(output);
        ImapText.WriteNumber(output, (uint)(part.BodyEnd - part.BodyStart));
        if (part.Kind != PartKind.Message)
            return;
        Space(output);
        envelopes.Write(blob[part.BodyStart..part.BodyEnd], output);
        Space(output);
    }

    private void Close(ReadOnlySpan<byte> blob, in PartRecord part, SummaryContent content)
    {
        var output = content.BodyStructure;
        var type = PartTypes.MediaType(blob, part);
        if (part.Kind == PartKind.Multipart)
        {
            Space(output);
            ImapText.WriteLowerCase(output, type.Subtype);
        }
        else if (part.Kind is PartKind.Text or PartKind.Message)
        {
            Space(output);
            ImapText.WriteNumber(output, part.Lines);
        }

        var extension = output.Length;
        Space(output);
        if (part.Kind == PartKind.Multipart)
            WriteParameters(output, type.Parameters);
        else
            fields.WriteField(output, !part.Md5.IsEmpty, part.Md5.Of(blob));
        WriteCommonExtension(blob, part, output);
        content.BodyCuts.WriteNumber((uint)(extension - _kept));
        content.BodyCuts.WriteNumber((uint)(output.Length - extension));
        _kept = output.Length;
        output.WriteByte((byte)')');
    }

    private void WriteCommonExtension(ReadOnlySpan<byte> blob, in PartRecord part, SummaryBuffer output)
    {
        Space(output);
        WriteDisposition(output, part.Disposition.Of(blob));
        Space(output);
        WriteLanguages(output, part.Language.Of(blob));
        Space(output);
        fields.WriteField(output, !part.Location.IsEmpty, part.Location.Of(blob));
    }

    /// <summary>body-fld-param, names in lower case, values as they are.</summary>
    private void WriteParameters(SummaryBuffer output, ReadOnlySpan<byte> parameters)
    {
        var count = 0;
        for (var reader = new ParameterReader(fields.Limit(parameters, MaxParameterOctets), _value); reader.Read();)
        {
            if (count == MaxParameters)
            {
                fields.HasCut = true;
                break;
            }

            output.WriteByte(count++ == 0 ? (byte)'(' : (byte)' ');
            ImapText.WriteLowerCase(output, fields.Limit(reader.Name, SummaryLimits.FieldOctets));
            Space(output);
            fields.WriteString(output, reader.Value);
        }

        if (count == 0)
            ImapText.WriteNil(output);
        else
            output.WriteByte((byte)')');
    }

    /// <summary>body-fld-dsp = "(" string SP body-fld-param ")" / nil</summary>
    private void WriteDisposition(SummaryBuffer output, ReadOnlySpan<byte> value)
    {
        value = Comments.SkipBlanks(value);
        var end = value.IndexOf((byte)';');
        var disposition = (end < 0 ? value : value[..end]).Trim(" \t\r\n"u8);
        if (disposition.IsEmpty)
        {
            ImapText.WriteNil(output);
            return;
        }

        output.WriteByte((byte)'(');
        ImapText.WriteLowerCase(output, fields.Limit(disposition, SummaryLimits.FieldOctets));
        Space(output);
        WriteParameters(output, end < 0 ? default : value[end..]);
        output.WriteByte((byte)')');
    }

    /// <summary>body-fld-lang = nstring / "(" string *(SP string) ")"</summary>
    private void WriteLanguages(SummaryBuffer output, ReadOnlySpan<byte> value)
    {
        value = fields.Limit(value, SummaryLimits.FieldOctets);
        var count = 0;
        while (!(value = Comments.SkipBlanks(value).TrimStart(" \t\r\n,"u8)).IsEmpty)
        {
            var end = value.IndexOfAny(s_languageEnd);
            output.WriteByte(count++ == 0 ? (byte)'(' : (byte)' ');
            ImapText.WriteString(output, end < 0 ? value : value[..end]);
            value = end < 0 ? default : value[end..];
        }

        if (count == 0)
            ImapText.WriteNil(output);
        else
            output.WriteByte((byte)')');
    }

    private static void Space(SummaryBuffer output) => output.WriteByte((byte)' ');
}
