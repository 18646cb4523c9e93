using System.Text;

namespace MailGrains.Bench.Generator;

/// <summary>One part of a MIME tree, written with its own header; the trees are built here and never deep.</summary>
public abstract class MimePart
{
    /// <summary>Writes Content-* fields, an empty line and the body, which ends in CRLF.</summary>
    public abstract void WriteTo(Stream stream);

    protected static void Write(Stream stream, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        stream.Write(bytes);
    }
}
