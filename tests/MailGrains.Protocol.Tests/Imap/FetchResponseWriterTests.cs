using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using MailGrains.Imap.Responses;
using MailGrains.Model;
using Xunit;

namespace MailGrains.Protocol.Tests.Imap;

public sealed class FetchResponseWriterTests
{
    private static readonly KeywordTable Keywords = new(["$Junk", "Work"]);

    private static string Row(Action<FetchResponseWriter> items)
    {
        var output = new ArrayBufferWriter<byte>();
        var row = new ImapResponseWriter(output).Fetch;
        row.Begin(12);
        items(row);
        row.End();
        return Encoding.Latin1.GetString(output.WrittenSpan);
    }

    [Fact]
    public void Metadata_items() => Assert.Equal(
        "* 12 FETCH (UID 7 FLAGS (\\Seen Work) MODSEQ (99) RFC822.SIZE 5000000000 INTERNALDATE \" 7-Jul-1996 02:44:25 +0000\" "
        + "SAVEDATE \"31-Dec-2025 23:59:59 +0000\" EMAILID (M1) THREADID NIL)\r\n",
        Row(r =>
        {
            r.Uid(7);
            r.Flags(MessageFlags.Seen | MessageFlags.Keyword(1), Keywords);
            r.ModSeq(99);
            r.Rfc822Size(5_000_000_000);
            r.InternalDate(new DateTimeOffset(1996, 7, 7, 2, 44, 25, TimeSpan.Zero).ToUnixTimeSeconds());
            r.SaveDate(new DateTimeOffset(2025, 12, 31, 23, 59, 59, TimeSpan.Zero).ToUnixTimeSeconds());
            r.EmailId("M1"u8);
            r.ThreadId([]);
        }));

    [Fact]
    public void Rendered_items_and_sections() => Assert.Equal(
        "* 12 FETCH (ENVELOPE (x) BODY (y) BODYSTRUCTURE (z) BODY[1] {5}\r\na\r\n\0b BINARY[2] ~{1}\r\n\0 BINARY[3] {1}\r\nx BINARY.SIZE[2] 1 BODY[9] NIL BODY[]<99> \"\" SAVEDATE NIL)\r\n",
        Row(r =>
        {
            r.Envelope("(x)"u8);
            r.Body("(y)"u8);
            r.BodyStructure("(z)"u8);
            r.Literal("BODY[1]"u8, "a\r\n\0b"u8);
            r.Binary("BINARY[2]"u8, "\0"u8);
            r.Binary("BINARY[3]"u8, "x"u8);
            r.BinarySize("BINARY.SIZE[2]"u8, 1);
            r.Nil("BODY[9]"u8);
            r.Empty("BODY[]<99>"u8);
            r.SaveDate(null);
        }));

    [Fact]
    public void Without_an_item_there_is_no_response()
    {
        var output = new ArrayBufferWriter<byte>();
        var row = new ImapResponseWriter(output).Fetch;
        row.Begin(1);
        row.End();
        row.Begin(2);
        row.Uid(5);
        row.End();
        Assert.Equal("* 2 FETCH (UID 5)\r\n", Encoding.ASCII.GetString(output.WrittenSpan));
    }

    [Fact]
    public void Body_is_streamed_between_header_and_end()
    {
        var output = new ArrayBufferWriter<byte>();
        var row = new ImapResponseWriter(output).Fetch;
        row.Begin(1);
        row.Uid(5);
        row.BeginLiteral("BODY[]"u8, 10_000);
        output.Write(new byte[10_000]);
        row.Flags(MessageFlags.None, Keywords);
        row.End();
        Assert.Equal("* 1 FETCH (UID 5 BODY[] {10000}\r\n" + new string('\0', 10_000) + " FLAGS ())\r\n", Encoding.Latin1.GetString(output.WrittenSpan));
    }

    [Fact]
    public void Pieces_larger_than_any_buffer_are_whole()
    {
        var large = new string('x', 100_000);
        Assert.Equal($"* 12 FETCH (UID 1 ENVELOPE {large} UID 2)\r\n", Row(r =>
        {
            r.Uid(1);
            r.Envelope(Encoding.ASCII.GetBytes(large));
            r.Uid(2);
        }));
    }

    [Fact]
    public void Every_set_of_flags_is_rendered_with_its_own_names()
    {
        var output = new ArrayBufferWriter<byte>();
        var row = new ImapResponseWriter(output).Fetch;
        var many = new KeywordTable([.. Enumerable.Range(0, 100).Select(i => $"K{i}")]);
        for (var round = 0; round < 2; round++)
        {
            for (var bits = 0; bits < 2_000; bits++)
            {
                var flags = new MessageFlags((ulong)bits << 3, (ulong)bits & 7);
                output.ResetWrittenCount();
                row.Begin(1);
                row.Flags(flags, many, recent: bits % 2 == 0);
                row.End();
                var names = string.Join(' ', many.Names(flags).Concat(bits % 2 == 0 ? [@"\Recent"] : []));
                Assert.Equal($"* 1 FETCH (FLAGS ({names}))\r\n", Encoding.ASCII.GetString(output.WrittenSpan));
            }
        }

        output.ResetWrittenCount();
        row.Begin(1);
        row.Flags(MessageFlags.Keyword(0), Keywords);
        row.End();
        Assert.Equal("* 1 FETCH (FLAGS ($Junk))\r\n", Encoding.ASCII.GetString(output.WrittenSpan));
    }

    [Fact]
    public void Rows_allocate_nothing()
    {
        var output = new ArrayBufferWriter<byte>(4_000_000);
        var row = new ImapResponseWriter(output).Fetch;
        // Warm: every set of flags that occurs has been rendered once.
        Rows(row, 200);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Rows(row, 10_000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Rows(FetchResponseWriter row, uint count)
    {
        for (uint i = 1; i <= count; i++)
        {
            row.Begin(i);
            row.Uid(i + 1000);
            row.Flags(new MessageFlags(i & 63, 0), Keywords, recent: (i & 64) != 0);
            row.ModSeq(i * 7L);
            row.InternalDate(1_700_000_000 + i);
            row.Rfc822Size(i * 100L);
            row.EmailId("M1"u8);
            row.Literal("BODY[HEADER.FIELDS (SUBJECT)]"u8, "Subject: x\r\n\r\n"u8);
            row.End();
        }
    }
}
