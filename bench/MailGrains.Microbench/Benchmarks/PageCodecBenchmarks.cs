using BenchmarkDotNet.Attributes;
using MailGrains.Model;
using MailGrains.Model.Columns;
using MailGrains.Storage.Columns;

namespace MailGrains.Microbench.Benchmarks;

/// <summary>A full page of 128 messages to its stored form and back.</summary>
public class PageCodecBenchmarks
{
    private readonly MessagePage _page = FullPage();
    private readonly byte[] _buffer = new byte[PageCodec.MaxLength + 8];
    private readonly byte[] _encoded = PageCodec.Encode(FullPage());

    [Benchmark]
    public int Encode() => PageCodec.Encode(_page, _buffer);

    [Benchmark]
    public MessagePage Decode() => PageCodec.Decode(_encoded);

    private static MessagePage FullPage()
    {
        var messages = Enumerable.Range(0, MessagePage.Span).ToArray();
        return new MessagePage
        {
            Number = 1,
            Uids = [.. messages.Select(i => (uint)(MessagePage.Span + i))],
            Flags = [.. messages.Select(i => i % 3 == 0 ? MessageFlags.None : MessageFlags.Seen)],
            ModSeqs = [.. messages.Select(i => 70_000L + i)],
            InternalDates = [.. messages.Select(i => 1_750_000_000L + (i * 977))],
            SaveDates = [.. messages.Select(i => 1_750_000_000u + ((uint)i * 977))],
            Sizes = [.. messages.Select(i => 2_000u + ((uint)i * 311))],
            EmailIds = [.. messages.Select(i => 500L + i)],
        };
    }
}
