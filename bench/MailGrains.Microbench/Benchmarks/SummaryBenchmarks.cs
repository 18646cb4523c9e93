using BenchmarkDotNet.Attributes;
using MailGrains.Microbench.Host;
using MailGrains.Mime;

namespace MailGrains.Microbench.Benchmarks;

/// <summary>The summary (ENVELOPE, BODYSTRUCTURE, part table) of a 10 KB message.</summary>
public class SummaryBenchmarks
{
    private readonly byte[] _message = new SampleMessage().Bytes;

    [Benchmark]
    public byte[] Build() => SummaryBuilder.BuildEncoded(_message);
}
