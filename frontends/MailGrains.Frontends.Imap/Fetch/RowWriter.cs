using System.Buffers;
using MailGrains.Frontends.Imap.Session;
using MailGrains.Imap.Commands;
using MailGrains.Imap.Responses;
using MailGrains.Mime.Sections;
using MailGrains.Model;
using MailGrains.Model.Columns;
using MailGrains.Model.Summary;

namespace MailGrains.Frontends.Imap.Fetch;

/// <summary>Writes one message's FETCH response at a time.</summary>
internal sealed class RowWriter(ImapSession session, FetchPlan plan, KeywordTable keywords, UidSet nowSeen)
{
    // A literal up to this size goes to the pipe in one piece; larger ones are sent as the client takes them.
    private const int Piece = 32 * 1024;

    private readonly FetchResponseWriter _fetch = session.Writer.Fetch;
    private readonly ArrayBufferWriter<byte> _scratch = new(256);
    private readonly bool _condStore = session.Has(EnabledFeatures.CondStore);

    /// <summary>True once a part had a transfer encoding nobody knows.</summary>
    public bool MetUnknownEncoding { get; private set; }

    /// <summary>A row for which the index is enough.</summary>
    public void Write(in MessageRow row)
    {
        _fetch.Begin(row.Sequence);
        foreach (var step in plan.Steps) WriteAttribute(step.Attribute, row);
        _fetch.End();
    }

    /// <summary>A row for which index and summary are enough.</summary>
    public void Write(in MessageRow row, in MessageSummary summary)
    {
        _fetch.Begin(row.Sequence);
        foreach (var step in plan.Steps) WriteFrom(summary, step.Attribute, row);
        _fetch.End();
    }

    /// <summary>A row with sections, and with its octets where the summary does not answer them. Waits only for what is large.</summary>
    public ValueTask WriteAsync(in MessageRow row, in MessageContentView content)
    {
        _fetch.Begin(row.Sequence);
        var large = WriteFrom(0, row, content);
        return large == plan.Steps.Length ? default : WriteOnAsync(large, row, content);
    }

    private async ValueTask WriteOnAsync(int large, MessageRow row, MessageContentView content)
    {
        for (; large < plan.Steps.Length; large = WriteFrom(large + 1, row, content)) await WriteLargeAsync(plan.Steps[large], content);
    }

    /// <summary>Writes the steps from this one on, up to one whose data is large, or to the end of the row.</summary>
    /// <returns>The number of the large one, or of steps.</returns>
    private int WriteFrom(int first, in MessageRow row, in MessageContentView content)
    {
        for (var i = first; i < plan.Steps.Length; i++)
        {
            if (!TryWrite(plan.Steps[i], row, content)) return i;
        }

        if (nowSeen.Contains(row.Uid)) WriteSeen(row);
        _fetch.End();
        return plan.Steps.Length;
    }

    private bool TryWrite(FetchStep step, in MessageRow row, in MessageContentView content)
    {
        switch (step.Kind)
        {
            case FetchStepKind.Attribute:
                WriteFrom(content.Summary, step.Attribute, row);
                return true;
            case FetchStepKind.Section or FetchStepKind.Binary:
                return !TryRead(step, content, out var data) || TryWriteSmall(step, data);
            case FetchStepKind.BinarySize:
                WriteSize(step, SectionReader.MeasureBinary(content.Prefix, content.Blob, content.Summary, step.Path.Parts.AsSpan()));
                return true;
            case FetchStepKind.NoSize:
                _fetch.BinarySize(step.Label, 0);
                return true;
            default:
                _fetch.Nil(step.Label);
                return true;
        }
    }

    /// <summary>False for a part whose encoding is unknown: it is left out, and the command ends with NO.</summary>
    private bool TryRead(FetchStep step, in MessageContentView content, out SectionData data)
    {
        if (step.Kind == FetchStepKind.Section)
        {
            data = SectionReader.Read(content.Prefix, content.Blob, content.Summary, step.Path);
            return true;
        }

        var binary = SectionReader.ReadBinary(content.Prefix, content.Blob, content.Summary, step.Path.Parts.AsSpan());
        data = binary.Data;
        MetUnknownEncoding |= binary.Status == BinaryStatus.UnknownEncoding;
        return binary.Status != BinaryStatus.UnknownEncoding;
    }

    /// <summary>A message that this FETCH made \Seen shows its flags, asked for or not (RFC 9051 section 6.4.5).</summary>
    private void WriteSeen(in MessageRow row)
    {
        if (!plan.Includes(FetchAttribute.Flags)) WriteAttribute(FetchAttribute.Flags, row);
        if (_condStore && !plan.Includes(FetchAttribute.ModSeq)) WriteAttribute(FetchAttribute.ModSeq, row);
    }

    private void WriteFrom(in MessageSummary summary, FetchAttribute attribute, in MessageRow row)
    {
        switch (attribute)
        {
            case FetchAttribute.Envelope:
                _fetch.Envelope(summary.Envelope.Span);
                break;
            case FetchAttribute.BodyStructure:
                _fetch.BodyStructure(summary.BodyStructure.Span);
                break;
            case FetchAttribute.Body:
                _scratch.ResetWrittenCount();
                summary.WriteBody(_scratch);
                _fetch.Body(_scratch.WrittenSpan);
                break;
            default:
                WriteAttribute(attribute, row);
                break;
        }
    }

    private void WriteAttribute(FetchAttribute attribute, in MessageRow row)
    {
        switch (attribute)
        {
            case FetchAttribute.Uid: _fetch.Uid(row.Uid); break;
            case FetchAttribute.Flags: _fetch.Flags(row.Flags, keywords, session.IsRecent(row.Uid)); break;
            case FetchAttribute.InternalDate: _fetch.InternalDate(row.InternalDate); break;
            case FetchAttribute.Rfc822Size: _fetch.Rfc822Size(row.Size); break;
            case FetchAttribute.ModSeq: _fetch.ModSeq(row.ModSeq); break;
            case FetchAttribute.EmailId: _fetch.EmailId(session.ObjectIds.OfEmail(row.EmailId)); break;
            case FetchAttribute.ThreadId: _fetch.ThreadId([]); break;
            case FetchAttribute.SaveDate: _fetch.SaveDate(row.SaveDate); break;
        }
    }

    private bool TryWriteSmall(FetchStep step, in SectionData whole)
    {
        if (whole.IsAbsent)
        {
            _fetch.Nil(step.Label);
            return true;
        }

        var data = Part(step, whole);
        if (data.Length > Piece) return false;
        if (data.Length == 0 && step.Partial is not null)
        {
            _fetch.Empty(step.Label);
            return true;
        }

        Begin(step, data);
        data.WriteTo(session.Connection.Output);
        return true;
    }

    private async ValueTask WriteLargeAsync(FetchStep step, MessageContentView content)
    {
        if (!TryRead(step, content, out var whole)) return;
        var data = Part(step, whole);
        Begin(step, data);
        await SendAsync(data.First);
        await SendAsync(data.Second);
    }

    private void Begin(FetchStep step, in SectionData data) =>
        _fetch.BeginLiteral(step.Label, data.Length, literal8: step.Kind == FetchStepKind.Binary && HasNul(data));

    private async ValueTask SendAsync(ReadOnlyMemory<byte> octets)
    {
        var output = session.Connection.Output;
        for (; !octets.IsEmpty; octets = octets[Math.Min(Piece, octets.Length)..])
        {
            output.Write(octets.Span[..Math.Min(Piece, octets.Length)]);
            if (session.Connection.OutputIsFull) await session.Connection.FlushAsync(session.Aborted);
        }
    }

    private void WriteSize(FetchStep step, BinarySize size)
    {
        switch (size.Status)
        {
            case BinaryStatus.Decoded: _fetch.BinarySize(step.Label, (uint)size.Octets); break;

            // RFC 3516 section 4.3 has no NIL for it.
            case BinaryStatus.Absent: _fetch.BinarySize(step.Label, 0); break;
            default: MetUnknownEncoding = true; break;
        }
    }

    private static SectionData Part(FetchStep step, in SectionData whole) =>
        step.Partial is { } partial ? whole.Slice((ulong)partial.Offset, (ulong)partial.Count) : whole;

    private static bool HasNul(in SectionData data) => data.First.Span.Contains((byte)0) || data.Second.Span.Contains((byte)0);
}
