using System.Buffers;
using System.Text;
using BenchmarkDotNet.Attributes;
using MailGrains.Imap;

namespace MailGrains.Microbench.Benchmarks;

/// <summary>One command from octets to record: cutting and parsing.</summary>
public class ParseBenchmarks
{
    private static readonly ImapLimits Limits = new();
    private readonly ImapCommandReader _reader = new();
    private ReadOnlySequence<byte> _input;

    public static IEnumerable<string> Commands =>
    [
        "a1 LOGIN ada@example.org \"correct horse\"",
        "a1 UID FETCH 1:* (FLAGS)",
        "a1 UID FETCH 1:100 (UID FLAGS BODY.PEEK[HEADER.FIELDS (DATE FROM SUBJECT TO)])",
        "a1 UID STORE 1:100 +FLAGS.SILENT (\\Seen $Junk)",
        "a1 UID SEARCH UNDELETED SINCE 1-Feb-2026 OR FROM \"grace\" SUBJECT \"figures\"",
        "a1 NOOP",
    ];

    [ParamsSource(nameof(Commands))]
    public string Command { get; set; } = "";

    [GlobalSetup]
    public void SetUp() => _input = new ReadOnlySequence<byte>(Encoding.ASCII.GetBytes(Command + "\r\n"));

    [Benchmark]
    public ImapParseResult Parse() => ImapCommandParser.Parse(_reader.Read(_input, Limits).Bytes, default);
}
