using MailGrains.Model.Summary;

namespace MailGrains.Mime.Rendering;

/// <summary>
/// Writes ENVELOPE (RFC 9051 section 7.5.2): <c>"(" date subject from sender reply-to to cc bcc in-reply-to message-id ")"</c>.
/// Several fields of one address name count as one list, so that a client shows all of what others may act on.
/// </summary>
internal sealed class EnvelopeWriter(FieldWriter fields)
{
    private static readonly int s_date = CachedFields.IndexOf("date");
    private static readonly int s_subject = CachedFields.IndexOf("subject");
    private static readonly int s_from = CachedFields.IndexOf("from");
    private static readonly int s_sender = CachedFields.IndexOf("sender");
    private static readonly int s_replyTo = CachedFields.IndexOf("reply-to");
    private static readonly int s_to = CachedFields.IndexOf("to");
    private static readonly int s_cc = CachedFields.IndexOf("cc");
    private static readonly int s_bcc = CachedFields.IndexOf("bcc");
    private static readonly int s_inReplyTo = CachedFields.IndexOf("in-reply-to");
    private static readonly int s_messageId = CachedFields.IndexOf("message-id");

    private readonly HeaderIndex _inner = new();
    private readonly AddressListWriter _addresses = new();

    /// <summary>The envelope of a message that starts <paramref name="message"/>.</summary>
    public void Write(ReadOnlySpan<byte> message, SummaryBuffer output)
    {
        _inner.Read(message);
        Write(message, _inner, output);
    }

    public void Write(ReadOnlySpan<byte> header, HeaderIndex index, SummaryBuffer output)
    {
        fields.HasCut |= index.Incomplete != 0;
        output.WriteByte((byte)'(');
        WriteText(header, index, s_date, output);
        WriteText(header, index, s_subject, output);
        var start = output.Length;
        var hasFrom = WriteAddresses(header, index, s_from, output);
        var from = (start, output.Length - start);
        WriteAddressesOrFrom(header, index, s_sender, hasFrom, from, output);
        WriteAddressesOrFrom(header, index, s_replyTo, hasFrom, from, output);
        WriteAddresses(header, index, s_to, output);
        WriteAddresses(header, index, s_cc, output);
        WriteAddresses(header, index, s_bcc, output);
        WriteText(header, index, s_inReplyTo, output);
        WriteText(header, index, s_messageId, output);
        output.Truncate(output.Length - 1);
        output.WriteByte((byte)')');
    }

    private void WriteText(ReadOnlySpan<byte> header, HeaderIndex index, int field, SummaryBuffer output)
    {
        var isPresent = index.TryFirst(header, field, out var value);
        fields.WriteField(output, isPresent, value);
        output.WriteByte((byte)' ');
    }

    /// <summary>Sender and Reply-To that are absent or empty are From's value.</summary>
    private void WriteAddressesOrFrom(
        ReadOnlySpan<byte> header, HeaderIndex index, int field, bool hasFrom, (int Start, int Length) from, SummaryBuffer output)
    {
        var start = output.Length;
        if (WriteAddresses(header, index, field, output) || !hasFrom)
            return;
        output.Truncate(start);
        output.WriteCopy(from.Start, from.Length);
    }

    private bool WriteAddresses(ReadOnlySpan<byte> header, HeaderIndex index, int field, SummaryBuffer output)
    {
        var left = SummaryLimits.AddressFieldOctets;
        _addresses.Begin(output);
        foreach (var entry in index.Entries)
        {
            if (entry.Field != field)
                continue;
            var value = fields.Limit(entry.Value(header), left);
            left -= value.Length;
            _addresses.Add(value);
        }

        var any = _addresses.End();
        output.WriteByte((byte)' ');
        return any;
    }
}
