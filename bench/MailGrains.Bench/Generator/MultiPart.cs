namespace MailGrains.Bench.Generator;

/// <summary>A multipart entity (RFC 2046, 5.1).</summary>
/// <param name="contentType">Such as <c>multipart/mixed</c>, with parameters other than the boundary.</param>
/// <param name="boundary">Unique within the message.</param>
/// <param name="children">The parts, in order.</param>
public sealed class MultiPart(string contentType, string boundary, params IReadOnlyList<MimePart> children) : MimePart
{
    public override void WriteTo(Stream stream)
    {
        Write(stream, $"Content-Type: {contentType};\r\n\tboundary=\"{boundary}\"\r\n\r\n");
        Write(stream, "This is a multi-part message in MIME format.\r\n");
        foreach (var child in children)
        {
            Write(stream, $"--{boundary}\r\n");
            child.WriteTo(stream);
        }
        Write(stream, $"--{boundary}--\r\n");
    }
}
