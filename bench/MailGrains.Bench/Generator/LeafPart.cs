namespace MailGrains.Bench.Generator;

/// <summary>A part without children: text or an attachment. The body is already encoded for transfer.</summary>
public sealed class LeafPart(string contentHeader, byte[] body) : MimePart
{
    public override void WriteTo(Stream stream)
    {
        Write(stream, contentHeader + "\r\n");
        stream.Write(body);
    }
}
