using CsCheck;
using MailGrains.Mime.Search;
using MailGrains.TestKit;

namespace MailGrains.Mime.Tests;

/// <summary>Real messages with octets changed, dropped, doubled and mixed: every invariant holds, and nothing throws.</summary>
public sealed class MutationTests
{
    private static readonly byte[][] s_corpus = [.. Corpus.All().Select(Corpus.Read).Where(m => m.Length < 12_000)];

    /// <summary>What steers a parser, more often than chance would give it.</summary>
    private static readonly byte[][] s_tokens =
    [
        .. new[]
        {
            "\r\n", "\n", "\r\n\r\n", "\r", "\0", "--", "\n--", "\"", "(", ")", "<", ">", "@", ":", ";", ",", "\\", "=", "=?", "?=", "{3}",
            "Content-Type: multipart/mixed; boundary=b\r\n", "Content-Type: message/rfc822\r\n\r\n", "--b\r\n", "--b--\r\n",
            "Content-Transfer-Encoding: base64\r\n", "To: ", "From: ", " \t", "\u00ff", "\u00e2\u0082",
        }.Select(Mail.Bytes),
    ];

    private static readonly Gen<(int Message, (int Kind, double Place, double Other, int Token)[] Edits)> s_mutations = Gen.Select(
        Gen.Int[0, s_corpus.Length - 1],
        Gen.Select(Gen.Int[0, 4], Gen.Double.Unit, Gen.Double.Unit, Gen.Int[0, s_tokens.Length - 1]).Array[1, 12]);

    [Fact]
    public void MutatedMessagesKeepEveryInvariant()
    {
        var needle = new Needle("Grüße");
        s_mutations.Sample(
            mutation =>
            {
                var blob = Mutation.Apply(s_corpus[mutation.Message], s_tokens, mutation.Edits);
                var summary = SummaryChecks.BuildAndCheck(blob);
                SearchText.Contains(SummaryChecks.Prefix, blob, summary, needle);
            },
            iter: 4000,
            threads: 1);
    }
}
