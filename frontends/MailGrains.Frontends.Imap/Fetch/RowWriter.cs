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

    /// <summary>A row with sections, and with its octets where the summary does not answer them.</summary>
    public async ValueTask WriteAsync(MessageRow row, MessageContentView content)
    {
        _fetch.Begin(row.Sequence);
        foreach (var step in plan.Steps)
        {
            switch (step.Kind)
            {
                case FetchStepKind.Attribute:
                    WriteFrom(content.Summary, step.Attribute, row);
                    break;
                case FetchStepKind.Section:
                    var section = SectionReader.Read(content.Prefix, content.Blob, content.Summary, step.Path);
                    if (!TryWriteSmall(step, section, binary: false)) await WriteLargeAsync(step, section, binary: false);
                    break;
                case FetchStepKind.Binary:
                    var binary = SectionReader.ReadBinary(content.Prefix, content.Blob, content.Summary, step.Path.Parts.AsSpan());
                    if (binary.Status == BinaryStatus.UnknownEncoding) MetUnknownEncoding = true;
                    else if (!TryWriteSmall(step, binary.Data, binary: true)) await WriteLargeAsync(step, binary.Data, binary: true);
                    break;
                case FetchStepKind.BinarySize:
                    WriteSize(step, SectionReader.MeasureBinary(content.Prefix, content.Blob, content.Summary, step.Path.Parts.AsSpan()));
                    break;
                default:
                    _fetch.Nil(step.Label);
                    break;
            }
        }

        if (nowSeen.Contains(row.Uid)) WriteSeen(row);
        _fetch.End();
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

    private bool TryWriteSmall(FetchStep step, in SectionData whole, bool binary)
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

        _fetch.BeginLiteral(step.Label, data.Length, binary && HasNul(data));
        data.WriteTo(session.Connection.Output);
        return true;
    }

    private async ValueTask WriteLargeAsync(FetchStep step, SectionData whole, bool binary)
    {
        var data = Part(step, whole);
        _fetch.BeginLiteral(step.Label, data.Length, binary && HasNul(data));
        await SendAsync(data.First);
        await SendAsync(data.Second);
    }

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
            case BinaryStatus.Absent: _fetch.Nil(step.Label); break;
            default: MetUnknownEncoding = true; break;
        }
    }

    private static SectionData Part(FetchStep step, in SectionData whole) =>
        step.Partial is { } partial ? whole.Slice((ulong)partial.Offset, (ulong)partial.Count) : whole;

    private static bool HasNul(in SectionData data) => data.First.Span.Contains((byte)0) || data.Second.Span.Contains((byte)0);
}
