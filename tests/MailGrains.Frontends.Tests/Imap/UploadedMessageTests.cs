using System.Buffers;
using MailGrains.Frontends.Imap.Append;
using MailGrains.Imap;
using Xunit;

namespace MailGrains.Frontends.Tests.Imap;

public sealed class UploadedMessageTests
{
    [Fact]
    public void Announcing_a_large_message_takes_no_memory_for_it()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        using var upload = new UploadedMessage(Announced(50 * 1024 * 1024));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1024 * 1024);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(256 * 1024)]
    [InlineData(3_000_001)]
    public void What_arrives_in_pieces_is_whole(int octets)
    {
        var message = new byte[octets];
        new Random(octets).NextBytes(message);
        using var upload = new UploadedMessage(Announced(octets));
        for (var at = 0; at < octets; at += 100_000) upload.Add(new ReadOnlySequence<byte>(message, at, Math.Min(100_000, octets - at)));
        Assert.True(upload.ToContent().Bytes.Span.SequenceEqual(message));
    }

    private static AppendMessage Announced(int octets) => new([], null, octets, false, false, false);
}
