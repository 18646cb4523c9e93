using System.Text;
using MailGrains.Evidence.Merkle;
using MailGrains.Evidence.Signing;
using MailGrains.Evidence.Tests.Verification;
using MailGrains.Model;
using Xunit;

namespace MailGrains.Evidence.Tests.Signing;

/// <summary>The golden head, and everything that is none.</summary>
public sealed class LogHeadTests
{
    private static string Golden => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Signing", "head.txt"));

    [Fact]
    public void The_golden_head_is_written_and_read()
    {
        var time = new DateTimeOffset(2026, 3, 3, 12, 0, 0, TimeSpan.Zero);
        TreeHead[] trees = [new(70_000, TreeHash.Leaf("root"u8)), new(0, TreeHash.Empty)];
        var accepted = LogBreak.Of("the backup of the 28th", ["partition 1 ends with position 0, but 25 was signed"]);
        var head = new LogHead(TestLog.Name, 2, BlobId.Of("previous"u8), time, trees, accepted);
        var signed = SignedHead.Of(head, TestKeys.Golden);
        Assert.Equal(Golden, Encoding.UTF8.GetString(signed.Octets.Span));
        Assert.True(SignedHead.TryParse(Encoding.UTF8.GetBytes(Golden), TestKeys.Golden.Verifier, out var read));
        Assert.Equal(head.ToText(), read.Head.ToText());
        Assert.Equal((2, 70_000, head.Hash), (read.Head.Number, read.Head.Partitions[0].Size, read.Head.Hash));
        Assert.Equal("the backup of the 28th", read.Head.Break!.Reason);
    }

    [Theory]
    [InlineData("number 2", "number 02")]
    [InlineData("number 2", "number 0")]
    [InlineData("partitions 2", "partitions 3")]
    [InlineData("partitions 2", "partitions 2000")]
    [InlineData("partitions 2", "partitions 0")]
    [InlineData("0 70000 ", "1 70000 ")]
    [InlineData("0 70000 ", "0 070000 ")]
    [InlineData("time 2026-03-03T", "time 2026-03-03 ")]
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

    [Theory]
    [InlineData(0, 25_600)]
    [InlineData(512, 0)]
    [InlineData(512, 25_600)]
    public void What_was_removed_is_said_in_a_format_of_its_own(long first, long second)
    {
        TreeHead[] trees = [new(70_000, TreeHash.Leaf("one"u8)), new(30_000, TreeHash.Leaf("two"u8))];
        var head = new LogHead(TestLog.Name, 2, BlobId.Of("previous"u8), new DateTimeOffset(2026, 3, 3, 12, 0, 0, TimeSpan.Zero), trees)
        {
            Removed = [first, second],
        };
        var text = head.ToText();
        Assert.StartsWith("mailgrains/log-head@v2\n", text, StringComparison.Ordinal);
        Assert.True(LogHead.TryParse(text, out var read));
        Assert.Equal((first, second), (read.RemovedOf(0), read.RemovedOf(1)));
        Assert.Equal(head.Hash, read.Hash);

        (string Old, string New)[] changes =
            [("@v2", "@v1"), ("removed ", "removed  "), ("removed ", "remove "), (" 25600\n", " 025600\n"), ("removed 1", "removed 2")];
        foreach (var (old, other) in changes)
            if (text.Contains(old, StringComparison.Ordinal)) Assert.False(LogHead.TryParse(text.Replace(old, other, StringComparison.Ordinal), out _), other);
    }

    [Fact]
    public void A_head_that_was_cut_off_is_none()
    {
        var golden = Encoding.UTF8.GetBytes(Golden);
        for (var length = 0; length < golden.Length; length++)
            Assert.False(SignedHead.TryParse(golden.AsMemory(0, length), TestKeys.Golden.Verifier, out _), $"{length}");
    }
}
