using BenchmarkDotNet.Attributes;
using MailGrains.Discovery.Documents;
using MailGrains.Discovery.Matching;
using MailGrains.Discovery.Queries;
using MailGrains.Microbench.Host;

namespace MailGrains.Microbench.Benchmarks;

/// <summary>E-discovery: the document and token text of a 10 KB message, a typical query, and asking it of the stored document.</summary>
public class DiscoveryBenchmarks
{
    private const string Text = "from:alice@example.org AND (subject:\"quarterly report\" OR attachment:*.pdf) NOT folder:Trash";

    private readonly byte[] _message = new SampleMessage().Bytes;
    private readonly Query _query = Query.Parse(Text);
    private readonly byte[] _stored = DiscoveryDocument.Extract(new SampleMessage().Bytes).Encode();

    [Benchmark]
    public int Extract()
    {
        var document = DiscoveryDocument.Extract(_message);
        return document.TokenText.Length + document.Encode().Length;
    }

    [Benchmark]
    public Query Parse() => Query.Parse(Text);

    [Benchmark]
    public bool Match() => Matcher.Matches(_query, new DiscoveryItem
    {
        Document = DiscoveryDocument.Decode(_stored),
        Account = default,
        Folder = "INBOX",
        Uid = 1,
        Flags = [],
        InternalDate = default,
        Size = _message.Length,
    });
}
