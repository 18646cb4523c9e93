using System.Text.Json;
using MailGrains.Model;
using MailGrains.Subscribers;
using MailGrains.Subscribers.JsonLines;
using MailGrains.Subscribers.Snapshots;
using MailGrains.TestKit;

namespace MailGrains.Grains.Tests.Streams;

/// <summary>The file with the picture of a partition, when two nodes make it.</summary>
public sealed class SnapshotFileTests : IDisposable
{
    private static readonly AccountId Account = new(new Guid("0191a0b0-0000-7000-8000-000000000001"));

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Of_two_nodes_the_one_that_hung_does_not_leave_its_older_picture()
    {
        var (begun, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        var hanging = TakeAsync(5, begun, go.Task);
        await begun.Task;

        await TakeAsync(7);
        Assert.Equal([7L], Sequences());

        go.SetResult();
        await Assert.ThrowsAsync<HandlerUnavailableException>(() => hanging);
        Assert.Equal([7L], Sequences());
        Assert.Empty(System.IO.Directory.GetFiles(_folder.Path, "*.part"));
    }

    [Fact]
    public async Task A_later_picture_takes_the_place_of_one_that_was_whole()
    {
        await TakeAsync(5);
        await TakeAsync(7);
        Assert.Equal([7L], Sequences());
    }

    [Fact]
    public async Task What_a_node_left_that_died_is_taken_away()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, $"0.snapshot.jsonl.{Guid.NewGuid():N}.part"), "{", Cancellation);
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, $"10.snapshot.jsonl.{Guid.NewGuid():N}.part"), "{", Cancellation);
        await TakeAsync(5);
        Assert.StartsWith("10.", Path.GetFileName(Assert.Single(System.IO.Directory.GetFiles(_folder.Path, "*.part"))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_one_that_failed_nothing_is_left()
    {
        var failed = Task.FromException(new HandlerUnavailableException("away"));
        await Assert.ThrowsAsync<HandlerUnavailableException>(() => TakeAsync(5, new TaskCompletionSource(), failed));
        Assert.Empty(System.IO.Directory.GetFiles(_folder.Path));
    }

    private Task TakeAsync(long sequence, TaskCompletionSource? begun = null, Task? go = null) =>
        new JsonLinesHandler("late", new JsonLinesOptions(_folder.Path)).HandleSnapshotAsync(0, RecordsAsync(sequence, begun, go), Cancellation);

    private static async IAsyncEnumerable<SnapshotRecord> RecordsAsync(long sequence, TaskCompletionSource? begun, Task? go)
    {
        yield return new SnapshotRecord(Account, sequence, default, SnapshotRecord.Mailbox, "{}"u8.ToArray());
        begun?.SetResult();
        await (go ?? Task.CompletedTask);
    }

    private IEnumerable<long> Sequences() => File.ReadLines(Path.Combine(_folder.Path, "0.snapshot.jsonl"))
        .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("sequence").GetInt64());
}
