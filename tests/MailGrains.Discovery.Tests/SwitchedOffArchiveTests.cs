using MailGrains.Compliance;
using MailGrains.Model;
using MailGrains.Storage.InMemory;

namespace MailGrains.Discovery.Tests;

/// <summary>A node without an archive, and a store in which there was one.</summary>
public sealed class SwitchedOffArchiveTests
{
    private readonly InMemorySubscriberStore _subscribers = new();
    private readonly BlobId[] _bodies = [BlobId.Of([1]), BlobId.Of([2])];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_body_stays_where_an_archive_was_kept_until_it_is_given_up()
    {
        var node = new SwitchedOffArchive(_subscribers);
        await _subscribers.StartSubscriberAsync(ArchiveSubscribers.Records, 0, 0, Cancellation);
        Assert.Equal(_bodies.ToHashSet(), await node.KeptAsync(_bodies, Cancellation));

        await _subscribers.ForgetSubscriberAsync(ArchiveSubscribers.Records, Cancellation);
        Assert.Empty(await node.KeptAsync(_bodies, Cancellation));
    }

    [Fact]
    public async Task No_body_stays_for_the_sake_of_other_subscribers()
    {
        await _subscribers.StartSubscriberAsync("audit", 0, 0, Cancellation);
        Assert.Empty(await new SwitchedOffArchive(_subscribers).KeptAsync(_bodies, Cancellation));
    }
}
