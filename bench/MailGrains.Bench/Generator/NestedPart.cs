namespace MailGrains.Bench.Generator;

/// <summary>A forwarded message as an attachment (message/rfc822).</summary>
public sealed class NestedPart(byte[] message) : MimePart
{
    public override void WriteTo(Stream stream)
    {
        Write(stream, "Content-Type: message/rfc822\r\nContent-Disposition: attachment\r\n\r\n");
        stream.Write(message);
    }
}
