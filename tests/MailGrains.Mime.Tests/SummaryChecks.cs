using System.Buffers;
using MailGrains.Mime.Sections;
using MailGrains.Model.Summary;

namespace MailGrains.Mime.Tests;

/// <summary>What holds of the summary of any octets whatever.</summary>
internal static class SummaryChecks
{
    public static readonly byte[] Prefix = "Return-Path: <bounce@example.org>\r\nDelivered-To: alice@example.org\r\n"u8.ToArray();

    public static MessageSummary BuildAndCheck(byte[] blob)
    {
        var summary = SummaryBuilder.Build(blob);
        Assert.Equal(blob.Length, summary.BlobLength);
        ImapSyntax.Envelope(summary.Envelope.Span);
        ImapSyntax.Body(summary.BodyStructure.Span, extended: true);
        ImapSyntax.Body(Body(summary), extended: false);
        CheckSections(blob, summary);
        CheckParts(blob, summary);
        return summary;
    }

    public static byte[] Body(MessageSummary summary)
    {
        var output = new ArrayBufferWriter<byte>();
        summary.WriteBody(output);
        return output.WrittenSpan.ToArray();
    }

    public static byte[] Section(byte[] blob, MessageSummary summary, SectionPath path) =>
        SectionReader.Read(default, blob, summary, path).ToArray();

    private static void CheckSections(byte[] blob, MessageSummary summary)
    {
        byte[] whole = [.. Prefix, .. blob];
        Assert.Equal(whole, SectionReader.Read(Prefix, blob, summary, SectionPath.Whole).ToArray());
        var header = SectionReader.Read(Prefix, blob, summary, SectionPath.Header).ToArray();
        var text = SectionReader.Read(Prefix, blob, summary, SectionPath.Text).ToArray();
        byte[] joined = [.. header, .. text];
        Assert.Equal(whole, joined);

        // What the summary kept of the header is what the header says.
        var names = SectionPath.HeaderFields([.. CachedFields.Names]);
        var slowly = new SectionPath([], SectionKind.HeaderFields, [.. CachedFields.Names, "x-not-cached"]);
        if (summary.Covers(names))
            Assert.Equal(Section(blob, summary, slowly), SectionReader.Read(default, default, summary, names).ToArray());
    }

    private static void CheckParts(byte[] blob, MessageSummary summary)
    {
        var ends = new Stack<int>([blob.Length]);
        var numbers = new List<uint>();
        var previousStart = -1;
        foreach (var part in summary.Parts)
        {
            while (ends.Count > part.Depth + 1)
                ends.Pop();
            var end = part.BodyStart + part.BodyLength;
            Assert.InRange(part.HeaderStart, Math.Max(0, previousStart), blob.Length);
            Assert.InRange(end, part.BodyStart, ends.Peek());
            ends.Push(end);
            previousStart = part.HeaderStart;
            numbers.Add(part.Ordinal);
        }

        Assert.NotEmpty(numbers);
        CheckNumbers(summary, Math.Min(numbers.Count, 200));
    }

    /// <summary>A leaf's section numbers find that leaf again.</summary>
    private static void CheckNumbers(MessageSummary summary, int count)
    {
        for (var index = 0; index < count; index++)
        {
            var numbers = summary.Parts.NumbersOf(index, out var part);
            if (part.Kind is not (PartKind.Text or PartKind.Other))
                continue;
            Assert.True(summary.Parts.TryFind(numbers.AsSpan(), out var found));
            Assert.Equal((part.HeaderStart, part.Depth, part.Ordinal), (found.HeaderStart, found.Depth, found.Ordinal));
        }
    }
}
