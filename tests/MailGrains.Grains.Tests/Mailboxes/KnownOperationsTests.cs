using MailGrains.Grains.Mailboxes;
using MailGrains.Model;
using MailGrains.Storage;

namespace MailGrains.Grains.Tests.Mailboxes;

public sealed class KnownOperationsTests
{
    private readonly Queue<TaskCompletionSource<IReadOnlyList<ulong>?>> _lists = new();
    private readonly KnownOperations _known;

    public KnownOperationsTests() => _known = new KnownOperations(_ =>
    {
        var list = new TaskCompletionSource<IReadOnlyList<ulong>?>();
        _lists.Enqueue(list);
        return list.Task;
    });

    [Fact]
    public void A_new_operation_is_looked_for_until_all_have_been_listed()
    {
        LookForSome();
        Assert.True(_known.MayHave(Operation(9)));
        List(Operation(1), Operation(2));
        Assert.False(_known.MayHave(Operation(9)));
        Assert.True(_known.MayHave(Operation(1)));
        Assert.True(_known.MayHave(Operation(2)));
        Assert.Empty(_lists);
    }

    [Fact]
    public void An_operation_that_begins_like_a_listed_one_is_looked_for()
    {
        LookForSome();
        List(Operation(1));
        Assert.True(_known.MayHave(Operation(1) with { D = 77 }));
    }

    [Fact]
    public void What_is_carried_out_here_is_known_before_and_after_the_list()
    {
        _known.Add(Operation(1));
        LookForSome();
        _known.Add(Operation(2));
        List();
        _known.Add(Operation(3));
        Assert.All([1, 2, 3], n => Assert.True(_known.MayHave(Operation(n))));
        Assert.False(_known.MayHave(Operation(4)));
    }

    [Fact]
    public void After_another_claim_nothing_is_held_to_be_new_and_a_list_from_before_is_not_taken()
    {
        LookForSome();
        var before = _lists.Dequeue();
        _known.Forget();
        before.SetResult([]);
        Assert.True(_known.MayHave(Operation(1)));
        LookForSome();
        List(Operation(1));
        Assert.True(_known.MayHave(Operation(1)));
        Assert.False(_known.MayHave(Operation(2)));
        _known.Forget();
        Assert.True(_known.MayHave(Operation(2)));
    }

    [Fact]
    public void Where_there_are_too_many_each_is_looked_for()
    {
        LookForSome();
        _lists.Dequeue().SetResult(null);
        for (var n = 0; n < 100; n++) Assert.True(_known.MayHave(Operation(n)));
        Assert.Empty(_lists);
    }

    [Fact]
    public void So_it_is_when_they_become_too_many()
    {
        LookForSome();
        List();
        for (var n = 0; n < KnownOperations.Most; n++) _known.Add(Operation(n));
        Assert.False(_known.MayHave(Operation(-1)));
        _known.Add(Operation(-2));
        Assert.True(_known.MayHave(Operation(-1)));
    }

    [Fact]
    public void A_list_that_could_not_be_had_is_asked_for_again()
    {
        LookForSome();
        _lists.Dequeue().SetException(new StoreUnavailableException("away"));
        Assert.True(_known.MayHave(Operation(1)));
        LookForSome();
        List();
        Assert.False(_known.MayHave(Operation(1)));
    }

    /// <summary>As often as it takes for the list to be asked for.</summary>
    private void LookForSome()
    {
        for (var n = 0; n < 10 && _lists.Count == 0; n++) Assert.True(_known.MayHave(Operation(1000 + n)));
        Assert.Single(_lists);
    }

    private void List(params BlobId[] operations) => _lists.Dequeue().SetResult([.. operations.Select(o => o.A)]);

    private static BlobId Operation(int number) => BlobId.Of(BitConverter.GetBytes(number));
}
