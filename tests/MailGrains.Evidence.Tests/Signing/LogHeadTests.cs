using System.Text;
using MailGrains.Evidence.Signing;
using MailGrains.Evidence.Tests.Verification;
using Xunit;

namespace MailGrains.Evidence.Tests.Signing;

/// <summary>The golden head, and everything that is none.</summary>
public sealed class LogHeadTests
{
    private static string Golden => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Signing", "head.txt"));

    [Fact]
    public void The_golden_head_is_written_and_read()
    {
        var log = new TestLog();
        var head = log.HeadOf(log.HeadOf(null, 0), 20, LogBreak.Of("the backup of the 28th", ["partition 1 ends with position 20, but 25 was signed"]));
        var signed = SignedHead.Of(head, TestKeys.Golden);
        Assert.Equal(Golden, Encoding.UTF8.GetString(signed.Octets.Span));
        Assert.True(SignedHead.TryParse(Encoding.UTF8.GetBytes(Golden), TestKeys.Golden.Verifier, out var read));
        Assert.Equal(head.ToText(), read.Head.ToText());
        Assert.Equal((2, 20, head.Hash), (read.Head.Number, read.Head.Partitions[1].Size, read.Head.Hash));
        Assert.Equal("the backup of the 28th", read.Head.Break!.Reason);
    }

    [Theory]
    [InlineData("number 2", "number 02")]
    [InlineData("number 2", "number 0")]
    [InlineData("partitions 2", "partitions 3")]
    [InlineData("partitions 2", "partitions 2000")]
    [InlineData("partitions 2", "partitions 0")]
    [InlineData("0 20 ", "1 20 ")]
    [InlineData("0 20 ", "0 020 ")]
    [InlineData("time 2026-03-01T", "time 2026-03-01 ")]
    [InlineData("head@v1", "head@v2")]
    [InlineData("found ", "find ")]
    [InlineData("break ", "")]
    [InlineData("mail.example/log\n", "\n")]
    public void Anything_else_is_no_head(string text, string other)
    {
        var golden = Golden[..(Golden.IndexOf("\n\n", StringComparison.Ordinal) + 1)];
        Assert.True(LogHead.TryParse(golden, out _));
        Assert.False(LogHead.TryParse(golden.Replace(text, other, StringComparison.Ordinal), out _));
    }

    [Fact]
    public void A_head_that_was_cut_off_is_none()
    {
        var golden = Encoding.UTF8.GetBytes(Golden);
        for (var length = 0; length < golden.Length; length++)
            Assert.False(SignedHead.TryParse(golden.AsMemory(0, length), TestKeys.Golden.Verifier, out _), $"{length}");
    }
}
