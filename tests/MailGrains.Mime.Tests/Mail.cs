using System.Text;
using MailGrains.Mime.Sections;
using MailGrains.Model.Summary;

namespace MailGrains.Mime.Tests;

/// <summary>Messages written out in a test: one octet a character, lines ending with CRLF.</summary>
internal static class Mail
{
    public static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text.ReplaceLineEndings("\r\n"));

    public static string String(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);

    public static string Envelope(string header) =>
        String(SummaryChecks.BuildAndCheck(Bytes(header + "\n\nbody\n")).Envelope.Span);

    public static string BodyStructure(string message) =>
        String(SummaryChecks.BuildAndCheck(Bytes(message)).BodyStructure.Span);

    /// <summary>The section, or null when it is absent.</summary>
    public static string? Section(byte[] blob, SectionPath path)
    {
        var data = SectionReader.Read(default, blob, SummaryBuilder.Build(blob), path);
        return data.IsAbsent ? null : String(data.ToArray());
    }
}
