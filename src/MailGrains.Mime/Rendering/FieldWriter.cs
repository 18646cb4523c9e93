using MailGrains.Mime.Headers;
using MailGrains.Model.Summary;

namespace MailGrains.Mime.Rendering;

/// <summary>Writes raw header values as IMAP strings; remembers whether one had to be cut.</summary>
internal sealed class FieldWriter
{
    private readonly SummaryBuffer _line = new();

    /// <summary>A value was longer than its limit.</summary>
    public bool HasCut { get; set; }

    /// <summary>nstring: the value in one line, NIL when there is no field.</summary>
    public void WriteField(SummaryBuffer output, bool isPresent, ReadOnlySpan<byte> value)
    {
        if (!isPresent)
        {
            ImapText.WriteNil(output);
            return;
        }

        _line.Clear();
        HeaderText.WriteUnfolded(Limit(value, SummaryLimits.FieldOctets), _line);
        ImapText.WriteString(output, _line.Written);
    }

    public void WriteString(SummaryBuffer output, ReadOnlySpan<byte> text) =>
        ImapText.WriteString(output, Limit(text, SummaryLimits.FieldOctets));

    public ReadOnlySpan<byte> Limit(ReadOnlySpan<byte> value, int octets)
    {
        if (value.Length <= octets)
            return value;
        HasCut = true;
        return value[..octets];
    }
}
