using System.Buffers;
using CsCheck;
using MailGrains.Imap;
using Xunit;

namespace MailGrains.Protocol.Tests.Imap;

/// <summary>Whatever comes in: no exception, no endless loop, the same outcome however it is cut.</summary>
public sealed class ImapFuzzTests
{
    private static readonly string[] Valid =
    [
        "a LOGIN {5+}\r\nalice \"p\\\\w\"\r\n",
        "a1 AUTHENTICATE PLAIN AGEAYg==\r\n",
        "a SELECT x (QRESYNC (67890007 20050715194045000 41,43:211 (1:2 41:42)) CONDSTORE)\r\n",
        "a LIST (SUBSCRIBED RECURSIVEMATCH) \"\" (INBOX \"a b%\" &APw-*) RETURN (CHILDREN STATUS (MESSAGES SIZE))\r\n",
        "a UID FETCH 1:*,5 (FLAGS BODY.PEEK[1.2.HEADER.FIELDS (From \"To\")]<0.10> BINARY[1]) (CHANGEDSINCE 5 VANISHED)\r\n",
        "a SEARCH RETURN (MIN SAVE) CHARSET ISO-8859-1 OR (NOT SEEN 1:5) SINCE 29-Feb-2024 TEXT {3+}\r\nabc\r\n",
        "a SEARCH MODSEQ \"/flags/x\" all 5 UID $ HEADER a \"\"\r\n",
        "a UID STORE 1:3 (UNCHANGEDSINCE 7) -FLAGS.SILENT (\\Deleted $x)\r\n",
        "a CREATE {3}\r\na/b (USE (\\Sent))\r\n",
        "a ID (\"name\" NIL \"v\" \"1\")\r\n",
        "a APPEND x (\\Seen) \"17-Jul-1996 02:44:25 -0700\" {5+}\r\nhello UTF8 (~{3}\r\nabc)\r\nb NOOP\r\n",
    ];

    private static readonly ImapLimits Small = ImapLimits.AfterLogin(1000) with { MaxLine = 300, MaxLiteral = 100, MaxLiteralTotal = 200 };

    private static readonly string[] Pieces =
    [
        "\0", "\r\n", "\n", "{5+}\r\n", "{9999999999+}\r\n", "(", ")", "\"", "\\", "*", ":", ",", "[", "<", "&", " ", "4294967296", "\u00ff", "~",
    ];

    private static readonly Gen<byte[]> Mutated = Gen.Select(
        OneOf(Valid),
        Gen.Select(Gen.Int[0, 200], Gen.Int[0, 3], OneOf(Pieces)).Array[0, 4],
        (line, edits) => Feed.Octets(edits.Aggregate(line, Edit)));

    [Fact]
    public void Mutated_commands() => Mutated.Sample(Outcome, iter: 10_000);

    [Fact]
    public void Random_octets() => Gen.Byte.Array[0, 200].Sample(Outcome, iter: 5_000);

    [Fact]
    public void Random_syntax() => Gen.String[Gen.Char["a N(){}5+~\"\\*:,.[]<>$&\r\n\0SEARCHFT"], 0, 60].Select(s => Feed.Octets("a SEARCH " + s)).Sample(Outcome, iter: 10_000);

    [Fact]
    public void Every_prefix_of_a_valid_command_is_refused_or_parsed()
    {
        foreach (var line in Valid)
        {
            var octets = Feed.Octets(line);
            for (var length = 0; length <= octets.Length; length++) Parse(octets.AsSpan(0, length));
        }
    }

    private static Gen<string> OneOf(string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

    private static string Edit(string line, (int At, int Kind, string Text) edit)
    {
        var at = Math.Min(edit.At, line.Length);
        var end = Math.Min(at + 1, line.Length);
        return edit.Kind switch
        {
            0 => line[..at] + edit.Text + line[at..],
            1 => line[..at] + edit.Text + line[end..],
            2 => line[..at] + line[end..],
            _ => line[..at] + line[at..] + line[..at],
        };
    }

    private static bool Outcome(byte[] octets)
    {
        Parse(octets);
        Append(octets);
        var whole = Feed.Whole(octets, Small);
        foreach (var outcome in whole.Where(o => o.StartsWith("Command: ", StringComparison.Ordinal))) Parse(Feed.Octets(outcome["Command: ".Length..]));

        return whole.SequenceEqual(Feed.Dripped(octets, Small)) && whole.SequenceEqual(Feed.Segmented(octets, Small));
    }

    private static void Parse(ReadOnlySpan<byte> octets)
    {
        foreach (var utf8 in (bool[])[false, true])
        {
            var result = ImapCommandParser.Parse(octets, new ImapParseOptions(utf8));
            Assert.True(result.Command is null != result.Error is null);
            Assert.True(result.Tag is null || result.Tag.All(c => c is > ' ' and <= '~'));
        }
    }

    private static void Append(byte[] octets)
    {
        var begun = new ImapCommandReader().Read(new ReadOnlySequence<byte>(octets), Small);
        if (begun.Status != ImapReadStatus.Append) return;
        var reader = new ImapAppendReader(Small, default);
        var step = reader.Begin(begun.Bytes);
        var rest = new ReadOnlySequence<byte>(octets).Slice(begun.Bytes.Length);
        while (step.Status == AppendStatus.Message && step.Octets <= rest.Length)
        {
            rest = rest.Slice(step.Octets);
            step = reader.Next(rest);
            rest = rest.Slice(step.Bytes.Length);
        }
    }
}
