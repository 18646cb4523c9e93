using System.Collections.Immutable;
using System.Text;
using MailGrains.Discovery.Documents;
using MailGrains.Discovery.Matching;
using MailGrains.Discovery.Queries;
using MailGrains.Model;

namespace MailGrains.Discovery.Tests;

/// <summary>Messages written out in a test, in UTF-8 with lines that end with CRLF, and what a search makes of them.</summary>
internal static class Mail
{
    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n"));

    public static DiscoveryDocument Document(string text, ExtractionLimits? limits = null) => DiscoveryDocument.Extract(Bytes(text), limits);

    public static DiscoveryItem Item(DiscoveryDocument document) => new()
    {
        Document = document,
        Account = new AccountId(Guid.Parse("0191a0b0-0000-7000-8000-000000000001")),
        Folder = "Archive/2026",
        Uid = 7,
        Flags = ["\\Seen", "$Important"],
        InternalDate = new DateTimeOffset(2026, 3, 15, 12, 0, 0, TimeSpan.Zero),
        Size = 2048,
    };

    public static bool Matches(string query, string message) => Matcher.Matches(Query.Parse(query), Item(Document(message)));

    public static ImmutableArray<(string Path, PartialReason Reason)> Partial(string message, ExtractionLimits? limits = null) =>
        [.. Document(message, limits).Partial.Select(p => (p.Path, p.Reason))];
}
