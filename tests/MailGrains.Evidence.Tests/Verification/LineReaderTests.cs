using System.Text;
using MailGrains.Verify.Files;
using Xunit;

namespace MailGrains.Evidence.Tests.Verification;

/// <summary>Lines whatever pieces they come in and however long they are.</summary>
public sealed class LineReaderTests
{
    private const string Text = "first\n\nthe third is longer than the limit\nfour\nlast";

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1000)]
    public void Lines_are_the_same_in_any_pieces(int piece)
    {
        using var reader = new LineReader(new Dripping(Encoding.UTF8.GetBytes(Text), piece), 16);
        var lines = new List<(long, string, bool)>();
        while (reader.TryRead(out var line)) lines.Add((reader.Number, Encoding.UTF8.GetString(line), reader.IsTooLong));
        Assert.Equal([(1, "first", false), (2, "", false), (3, "", true), (4, "four", false), (5, "last", false)], lines);
    }

    [Theory]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(1_000_000)]
    public void Long_lines_are_read_up_to_the_limit(int length)
    {
        var text = new string('x', length) + "\nend\n";
        using var reader = new LineReader(new MemoryStream(Encoding.UTF8.GetBytes(text)), 1_000_000 + 1);
        Assert.True(reader.TryRead(out var line));
        Assert.Equal((length, false), (line.Length, reader.IsTooLong));
        Assert.True(reader.TryRead(out line));
        Assert.Equal("end", Encoding.UTF8.GetString(line));
        Assert.False(reader.TryRead(out _));
    }

    private sealed class Dripping(byte[] octets, int piece) : MemoryStream(octets)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, piece)]);
    }
}
