using MailGrains.Storage.Checkpoints;
using Xunit;

namespace MailGrains.TestKit.Contracts;

/// <summary>What every engine owes those who sign the log.</summary>
public abstract class CheckpointStoreContract : IAsyncLifetime
{
    private CheckpointHarness? _harness;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private ICheckpointStore Store => _harness?.Store ?? throw new InvalidOperationException("The store is not open.");

    public async ValueTask InitializeAsync() => _harness = await OpenAsync();

    public virtual async ValueTask DisposeAsync()
    {
        if (_harness is not null) await _harness.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected abstract Task<CheckpointHarness> OpenAsync();

    [Fact]
    public async Task What_was_added_is_read_in_order_octet_for_octet()
    {
        Assert.Null(await Store.ReadLastAsync(CheckpointKind.Head, Cancellation));
        foreach (var number in new[] { 10, 9, 11, 2, 1 }) Assert.True(await Store.AddAsync(Row(CheckpointKind.Head, number, [0, (byte)number, 255]), Cancellation));
        Assert.True(await Store.AddAsync(Row(CheckpointKind.TimeStamp, 12, [7]), Cancellation));

        AssertRow(11, [0, 11, 255], await Store.ReadLastAsync(CheckpointKind.Head, Cancellation));
        var rows = await Store.ReadAsync(CheckpointKind.Head, 1, 3, Cancellation);
        Assert.Equal([2, 9, 10], rows.Select(row => row.Number));
        AssertRow(9, [0, 9, 255], rows[1]);
        AssertRow(12, [7], Assert.Single(await Store.ReadAsync(CheckpointKind.TimeStamp, 0, 100, Cancellation)));
    }

    [Fact]
    public async Task A_number_is_given_once_and_stays_as_it_is()
    {
        Assert.True(await Store.AddAsync(Row(CheckpointKind.Head, 1, [1]), Cancellation));
        Assert.False(await Store.AddAsync(Row(CheckpointKind.Head, 1, [2]), Cancellation));
        Assert.True(await Store.AddAsync(Row(CheckpointKind.TimeStamp, 1, [3]), Cancellation));
        AssertRow(1, [1], await Store.ReadLastAsync(CheckpointKind.Head, Cancellation));
    }

    [Fact]
    public async Task Of_those_who_add_the_same_number_at_once_one_does()
    {
        var added = await Task.WhenAll(Enumerable.Range(0, 16).Select(n => Task.Run(() => Store.AddAsync(Row(CheckpointKind.Head, 1, [(byte)n]), Cancellation))));
        var winner = Assert.Single(Enumerable.Range(0, 16), n => added[n]);
        AssertRow(1, [(byte)winner], await Store.ReadLastAsync(CheckpointKind.Head, Cancellation));
    }

    private static CheckpointRow Row(CheckpointKind kind, long number, byte[] octets) => new(kind, number, octets);

    private static void AssertRow(long number, byte[] octets, CheckpointRow? row)
    {
        Assert.NotNull(row);
        Assert.Equal((number, Convert.ToHexString(octets)), (row.Number, Convert.ToHexString(row.Octets.Span)));
    }
}
