using System.Buffers;
using MailGrains.Frontends.Imap.Append;
using MailGrains.Frontends.Imap.Session;
using MailGrains.Grains.Contracts.Mailboxes;
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

    [Fact]
    public void Octets_are_free_again_once_the_only_call_has_answered()
    {
        Assert.False(AppendReceiver.MayStillBeRead(0, new OperationCanceledException()));
        Assert.False(AppendReceiver.MayStillBeRead(1, null));
        Assert.False(AppendReceiver.MayStillBeRead(1, new MailboxException(MailboxError.OverQuota, "full")));
        Assert.False(AppendReceiver.MayStillBeRead(1, new MailboxException(MailboxError.Unconfirmed, "done")));
    }

    [Fact]
    public void Octets_that_a_call_given_up_may_still_read_are_left_alone()
    {
        // The client left, or its view was lost, while a call that had timed out was to be repeated.
        Assert.True(AppendReceiver.MayStillBeRead(1, new OperationCanceledException()));
        Assert.True(AppendReceiver.MayStillBeRead(1, new SessionLostException()));
        Assert.True(AppendReceiver.MayStillBeRead(1, new MailboxException(MailboxError.Unavailable, "timed out")));
        Assert.True(AppendReceiver.MayStillBeRead(2, new MailboxException(MailboxError.OverQuota, "full")));
        Assert.True(AppendReceiver.MayStillBeRead(2, null));
    }

    private static AppendMessage Announced(int octets) => new([], null, octets, false, false, false);
}
