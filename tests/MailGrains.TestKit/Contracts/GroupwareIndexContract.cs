using MailGrains.Model;
using MailGrains.Storage.Records;
using Xunit;

namespace MailGrains.TestKit.Contracts;

/// <summary>What every engine owes those who look for groupware objects.</summary>
public abstract class GroupwareIndexContract : IAsyncLifetime
{
    private readonly AccountId _ada = AccountId.New(TimeProvider.System);
    private readonly AccountId _bob = AccountId.New(TimeProvider.System);
    private GroupwareIndexHarness? _harness;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private IGroupwareIndex Index => _harness?.Index ?? throw new InvalidOperationException("The index is not open.");

    public async ValueTask InitializeAsync() => _harness = await OpenAsync();

    public virtual async ValueTask DisposeAsync()
    {
        if (_harness is not null) await _harness.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected abstract Task<GroupwareIndexHarness> OpenAsync();

    [Fact]
    public async Task Revisions_of_an_object_come_in_the_order_of_their_contents()
    {
        await Index.AddAsync([Row(_ada, "meeting", 20), Row(_ada, "meeting", 3), Row(_ada, "other", 4)], Cancellation);
        await Index.AddAsync([Row(_ada, "meeting", 100)], Cancellation);

        Assert.Equal([Row(_ada, "meeting", 3), Row(_ada, "meeting", 20), Row(_ada, "meeting", 100)], await FindAsync(_ada, "meeting"));
        Assert.Empty(await FindAsync(_ada, "nothing"));
    }

    [Fact]
    public async Task Of_more_than_wanted_the_youngest_come()
    {
        await Index.AddAsync([.. Enumerable.Range(1, 10).Select(i => Row(_ada, "meeting", i))], Cancellation);

        var found = await Index.FindAsync(_ada, GroupwareKind.Event, "meeting", 3, Cancellation);
        Assert.Equal([8, 9, 10], found.Select(r => r.Email.Value));
    }

    [Fact]
    public async Task Accounts_see_their_own()
    {
        await Index.AddAsync([Row(_ada, "meeting", 1), Row(_bob, "meeting", 1), Row(_bob, "meeting", 2)], Cancellation);

        Assert.Equal([Row(_ada, "meeting", 1)], await FindAsync(_ada, "meeting"));
        Assert.Equal([Row(_bob, "meeting", 1), Row(_bob, "meeting", 2)], await FindAsync(_bob, "meeting"));
        Assert.Empty(await FindAsync(AccountId.New(TimeProvider.System), "meeting"));
    }

    [Fact]
    public async Task Kinds_are_told_apart_where_one_is_asked_for()
    {
        var task = Row(_ada, "one", 2) with { Kind = GroupwareKind.Task };
        await Index.AddAsync([Row(_ada, "one", 1), task], Cancellation);

        Assert.Equal([task], await Index.FindAsync(_ada, GroupwareKind.Task, "one", 10, Cancellation));
        Assert.Equal([Row(_ada, "one", 1), task], await Index.FindAsync(_ada, null, "one", 10, Cancellation));
        Assert.Empty(await Index.FindAsync(_ada, GroupwareKind.Note, "one", 10, Cancellation));
    }

    [Fact]
    public async Task What_is_added_twice_is_there_once()
    {
        await Index.AddAsync([Row(_ada, "meeting", 1), Row(_ada, "meeting", 1)], Cancellation);
        await Index.AddAsync([Row(_ada, "meeting", 1) with { Uid = "another" }, Row(_ada, "meeting", 2)], Cancellation);

        Assert.Equal([Row(_ada, "meeting", 1), Row(_ada, "meeting", 2)], await FindAsync(_ada, "meeting"));
        Assert.Empty(await FindAsync(_ada, "another"));
    }

    [Fact]
    public async Task Uids_are_compared_octet_by_octet()
    {
        string[] uids = ["meeting", "Meeting", "meeting ", "m\u00e9eting", "me\u0301eting", "' OR 1=1--", new('x', GroupwareRow.MaxUidOctets), "🙈%_\\"];
        await Index.AddAsync([.. uids.Select((uid, i) => Row(_ada, uid, i + 1))], Cancellation);

        for (var i = 0; i < uids.Length; i++) Assert.Equal([Row(_ada, uids[i], i + 1)], await FindAsync(_ada, uids[i]));
    }

    [Fact]
    public async Task Adding_at_the_same_time_loses_nothing()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(
            () => Index.AddAsync([.. Enumerable.Range(1, 20).Select(n => Row(_ada, "meeting", (i / 2 * 100) + n))], Cancellation), Cancellation)));
        Assert.Equal(80, (await FindAsync(_ada, "meeting")).Count);
    }

    private Task<IReadOnlyList<GroupwareRow>> FindAsync(AccountId account, string uid) =>
        Index.FindAsync(account, GroupwareKind.Event, uid, 1000, Cancellation);

    private static GroupwareRow Row(AccountId account, string uid, long email) =>
        new(account, GroupwareKind.Event, uid, new EmailId(email), BlobId.Of(BitConverter.GetBytes(email)));
}
