using System.Buffers;
using System.Text;
using MailGrains.Imap;
using Xunit;

namespace MailGrains.Protocol.Tests.Imap;

public sealed class ImapAppendReaderTests
{
    /// <summary>Runs an APPEND as a frontend would: the words say what it did.</summary>
    private static List<string> Run(string input, ImapLimits? limits = null, ImapError? refuse = null, int step = int.MaxValue)
    {
        limits ??= Feed.Limits;
        var log = new List<string>();
        var octets = Feed.Octets(input);
        var start = 0;
        var end = Math.Min(step, octets.Length);
        var commands = new ImapCommandReader();
        var reader = new ImapAppendReader(limits, default);
        var begun = false;
        while (true)
        {
            var buffer = new ReadOnlySequence<byte>(octets, start, end - start);
            var next = begun ? reader.Next(buffer) : Begin(commands, reader, buffer, limits, log);
            if (next.Status == AppendStatus.NeedMore)
            {
                if (end == octets.Length) return log;
                end = Math.Min(end + Math.Min(step, octets.Length), octets.Length);
                continue;
            }

            begun = true;
            start += (int)next.Bytes.Length;
            if (refuse is not null) next = reader.Fail(refuse, next);
            if (next.Status != AppendStatus.Message)
            {
                log.Add($"{next.Status} {reader.Tag} {reader.Error?.Condition.ToString() ?? "stored"} {reader.Error?.Code}".TrimEnd());
                log.Add("rest: " + input[start..]);
                return log;
            }

            log.Add(reader.Error is null ? Describe(reader, next.Message!) + Encoding.Latin1.GetString(octets, start, next.Octets) : $"drain {next.Octets}");
            start += next.Octets;
            end = Math.Max(start, end);
        }
    }

    private static AppendStep Begin(ImapCommandReader commands, ImapAppendReader reader, ReadOnlySequence<byte> buffer, ImapLimits limits, List<string> log)
    {
        var result = commands.Read(buffer, limits);
        if (result.Status == ImapReadStatus.Append) return reader.Begin(result.Bytes);
        if (result.Status == ImapReadStatus.NeedMore) return default;
        log.Add(result.Status.ToString());
        return result.Status == ImapReadStatus.Continuation ? Begin(commands, reader, buffer, limits, log) : default;
    }

    private static string Describe(ImapAppendReader reader, AppendMessage m) =>
        $"{reader.Mailbox} [{string.Join(' ', m.Flags)}] {m.InternalDate:O} {(m.NeedsContinuation ? "+" : "")}{(m.Binary ? "~" : "")}{(m.Utf8 ? "utf8" : "")}: ";

    public static TheoryData<string, string[]> Inputs => new()
    {
        { "a APPEND x {5}\r\nhello\r\nb", ["x []  +: hello", "End a stored", "rest: b"] },
        { "a APPEND inbox (\\Seen Work) \"17-Jul-1996 02:44:25 -0700\" {5+}\r\nhello\r\n", ["INBOX [\\Seen Work] 1996-07-17T02:44:25.0000000-07:00 : hello", "End a stored", "rest: "] },
        { "a APPEND x \" 7-Jul-1996 02:44:25 +0000\" ~{2}\r\n\0\0\r\n", ["x [] 1996-07-07T02:44:25.0000000+00:00 +~: \0\0", "End a stored", "rest: "] },
        { "a APPEND {3}\r\nx y () {1}\r\nz\r\n", ["Continuation", "x y []  +: z", "End a stored", "rest: "] },
        { "a APPEND x UTF8 (~{3}\r\n\u00c3\u00a4\n)\r\nb", ["x []  +~utf8: \u00c3\u00a4\n", "End a stored", "rest: b"] },
        { "a APPEND x {1}\r\n1 (\\Seen) {2+}\r\n22 UTF8 (~{3+}\r\n333)\r\nb", ["x []  +: 1", "x [\\Seen]  : 22", "x []  ~utf8: 333", "End a stored", "rest: b"] },
        { "a APPEND x {0}\r\nb NOOP", ["End a No", "rest: b NOOP"] },
        { "a APPEND x {0+}\r\n\r\nb NOOP", ["drain 0", "End a No", "rest: b NOOP"] },
        { "a APPEND x \"31-Feb-1996 02:44:25 -0700\" {5}\r\nb NOOP", ["End a Bad", "rest: b NOOP"] },
        { "a APPEND x \"1-Feb-1996 02:44:25 -0700\" {5}\r\nb NOOP", ["End a Bad", "rest: b NOOP"] },
        { "a APPEND x \"01-Feb-1996 02:44:25 -9999\" {5+}\r\nhello\r\nb NOOP", ["drain 5", "End a Bad", "rest: b NOOP"] },
        { "a APPEND x (\\Recent) {5+}\r\nhello\r\nb NOOP", ["drain 5", "End a Bad", "rest: b NOOP"] },
        { "a APPEND x {2000000}\r\nb NOOP", ["End a No TOOBIG", "rest: b NOOP"] },
        { "a APPEND x {2000000+}\r\nb NOOP", ["Bye a No TOOBIG", "rest: b NOOP"] },
        { "a APPEND x {9999999999+}\r\nb NOOP", [] },
        { "a APPEND x {1}\r\n1 {2000000}\r\nb NOOP", ["x []  +: 1", "End a No TOOBIG", "rest: b NOOP"] },
        { "a APPEND x {1}\r\n1 {9999999999+}\r\nb NOOP", ["x []  +: 1", "Bye a Bad", "rest: b NOOP"] },
        { "a APPEND x {1}\r\n1 rubbish\r\nb NOOP", ["x []  +: 1", "End a Bad", "rest: b NOOP"] },
        { "a APPEND x {1}\r\n1 \r\nb NOOP", ["x []  +: 1", "End a Bad", "rest: b NOOP"] },
        { "a APPEND x {1}\r\n1rubbish {3+}\r\nyyy\r\nb NOOP", ["x []  +: 1", "drain 3", "End a Bad", "rest: b NOOP"] },
        { "a APPEND x UTF8 (~{1}\r\n1\r\nb NOOP", ["x []  +~utf8: 1", "End a Bad", "rest: b NOOP"] },
        { "a APPEND x UTF8 ({1}\r\nb NOOP", ["End a Bad", "rest: b NOOP"] },
        { "a APPEND x CATENATE (URL {1}\r\nb NOOP", ["End a Bad", "rest: b NOOP"] },
        { "* APPEND x {1+}\r\n1\r\nb NOOP", [] },
    };

    [Theory]
    [MemberData(nameof(Inputs))]
    public void Append_is_taken_apart_however_it_arrives(string input, string[] expected)
    {
        if (expected.Length == 0)
        {
            Assert.NotEqual(ImapReadStatus.Append, new ImapCommandReader().Read(Feed.Sequence(Feed.Octets(input)), Feed.Limits).Status);
            return;
        }

        Assert.Equal(expected, Run(input));
        Assert.Equal(expected, Run(input, step: 1));
    }

    [Fact]
    public void Refusal_before_the_upload_ends_the_command_where_the_client_waits()
    {
        var refuse = ImapError.No("No such mailbox", ResponseCodes.TryCreate);
        Assert.Equal(["End a No TRYCREATE", "rest: b NOOP"], Run("a APPEND x {5}\r\nb NOOP", refuse: refuse));
    }

    [Fact]
    public void Refusal_drains_what_comes_unasked()
    {
        var refuse = ImapError.No("No such mailbox", ResponseCodes.TryCreate);
        Assert.Equal(
            ["drain 5", "drain 2", "End a No TRYCREATE", "rest: b NOOP"],
            Run("a APPEND x {5+}\r\nhello {2+}\r\nyy {3}\r\nb NOOP", refuse: refuse));
    }

    [Fact]
    public void Messages_count_together()
    {
        var limits = Feed.Limits with { MaxAppendTotal = 8 };
        Assert.Equal(["x []  +: hello", "End a No TOOBIG", "rest: "], Run("a APPEND x {5}\r\nhello {4}\r\n", limits));
    }

    [Fact]
    public void Messages_are_counted_also_while_they_are_drained()
    {
        var limits = Feed.Limits with { MaxAppendMessages = 2 };
        Assert.Equal(["x []  : 1", "x []  : 2", "Bye a No LIMIT", "rest: 3\r\n"], Run("a APPEND x {1+}\r\n1 {1+}\r\n2 {1+}\r\n3\r\n", limits));
        Assert.Equal(["x []  +: 1", "x []  +: 2", "End a No LIMIT", "rest: "], Run("a APPEND x {1}\r\n1 {1}\r\n2 {1}\r\n", limits));
        Assert.Equal(["drain 0", "drain 0", "Bye a No", "rest: \r\n"], Run("a APPEND x {0+}\r\n {0+}\r\n {0+}\r\n\r\n", limits));
    }

    [Fact]
    public void Literal_minus_refuses_large_messages_that_come_unasked()
    {
        var limits = Feed.Limits with { MaxNonSynchronizingLiteral = ImapLimits.LiteralMinus };
        Assert.Equal(["Bye a No TOOBIG", "rest: "], Run("a APPEND x {4097+}\r\n", limits));
    }
}
