using System.Buffers;
using BenchmarkDotNet.Attributes;
using MailGrains.Imap.Responses;
using MailGrains.Microbench.Host;
using MailGrains.Mime;
using MailGrains.Model;
using MailGrains.Model.Summary;

namespace MailGrains.Microbench.Benchmarks;

/// <summary>One row of a FETCH response.</summary>
public class FetchRowBenchmarks
{
    private static readonly KeywordTable Keywords = new(["$Junk", "Work"]);
    private readonly ArrayBufferWriter<byte> _output = new(64 * 1024);
    private readonly MessageSummary _summary = SummaryBuilder.Build(new SampleMessage().Bytes);
    private readonly FetchResponseWriter _row;
    private uint _uid;

    public FetchRowBenchmarks() => _row = new ImapResponseWriter(_output).Fetch;

    [Benchmark]
    public void UidFlags()
    {
        Begin();
        _row.Uid(_uid);
        _row.Flags(MessageFlags.Seen | MessageFlags.Keyword(1), Keywords);
        _row.End();
    }

    [Benchmark]
    public void Envelope()
    {
        Begin();
        _row.Envelope(_summary.Envelope.Span);
        _row.End();
    }

    [Benchmark]
    public void BodyStructure()
    {
        Begin();
        _row.BodyStructure(_summary.BodyStructure.Span);
        _row.End();
    }

    private void Begin()
    {
        _output.ResetWrittenCount();
        _row.Begin(++_uid);
    }
}
