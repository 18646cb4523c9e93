using MailGrains.Model;
using MailGrains.Storage;
using MailGrains.Storage.Events;
using MailGrains.Subscribers;
using MailGrains.Subscribers.JsonLines;
using MailGrains.TestKit;

namespace MailGrains.Grains.Tests.Streams;

public sealed class JsonLinesHandlerTests : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly DeliveryStage _stage = new();

    private string Current => Path.Combine(_folder.Path, "0.jsonl");

    public async ValueTask DisposeAsync()
    {
        await _stage.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_line_has_the_place_in_the_log_and_the_event_as_it_is()
    {
        await _stage.Log.WriteAsync(0, 2);
        var events = await _stage.Log.ReadAsync(0);
        await WriteAsync(events);

        var lines = File.ReadAllLines(Current);
        Assert.Equal(2, lines.Length);
        var payload = System.Text.Encoding.UTF8.GetString(events[1].Event.Payload.Span);
        Assert.Equal($$"""{"partition":0,"position":2,"sequence":2,"hash":"{{events[1].Event.Hash}}","event":{{payload}}}""", lines[1]);
    }

    [Fact]
    public async Task The_lines_are_for_the_server_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no such file modes.");
            return;
        }

        await _stage.Log.WriteAsync(0, 1);
        await WriteAsync(await _stage.Log.ReadAsync(0));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Current));
    }

    [Fact]
    public async Task What_comes_again_is_left_out()
    {
        await _stage.Log.WriteAsync(0, 10);
        await WriteAsync(await _stage.Log.ReadAsync(0, limit: 6));
        await WriteAsync(await _stage.Log.ReadAsync(0, limit: 3));
        await WriteAsync(await _stage.Log.ReadAsync(0, after: 4));
        Assert.Equal(Numbers(10), Lines.Positions(_folder.Path, 0));
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(1L)]
    public async Task Other_events_at_the_places_of_lines_are_not_left_out_unseen(long rotateBytes)
    {
        await _stage.Log.WriteAsync(0, 200);
        var options = new JsonLinesOptions(_folder.Path) { RotateBytes = rotateBytes };
        var events = await _stage.Log.ReadAsync(0);
        foreach (var some in events.Chunk(40)) await WriteAsync(some, options);

        // The mail was put back to position 100 from a backup, and other events came.
        EventRecord[] others = [.. events.Skip(100).Select(e => e with { Event = e.Event with { Hash = BlobId.Of(e.Event.Hash.ToArray()) } })];
        await WriteAsync([.. events.Skip(50).Take(50)], options);
        var refused = await Assert.ThrowsAsync<HandlerUnavailableException>(() => WriteAsync([.. events.Skip(90).Take(10), .. others], options));
        Assert.Contains("partition 0", refused.Message, StringComparison.Ordinal);
        Assert.Equal(Numbers(200), Lines.Positions(_folder.Path, 0));
    }

    [Fact]
    public async Task A_torn_line_is_cut_off_wherever_it_was_torn()
    {
        await _stage.Log.WriteAsync(0, 3);
        var events = await _stage.Log.ReadAsync(0);
        await WriteAsync(events);
        var whole = File.ReadAllBytes(Current);
        for (var length = 0; length <= whole.Length; length++)
        {
            File.WriteAllBytes(Current, whole[..length]);
            await WriteAsync(events);
            Assert.Equal(whole, File.ReadAllBytes(Current));
        }
    }

    [Fact]
    public async Task Large_files_are_renamed_and_the_oldest_removed()
    {
        await _stage.Log.WriteAsync(0, 10);
        var options = new JsonLinesOptions(_folder.Path) { RotateBytes = 1, KeepFiles = 3 };
        foreach (var one in await _stage.Log.ReadAsync(0)) await WriteAsync([one], options);

        // The last renamed file alone says how far it goes.
        Assert.False(File.Exists(Current));
        await WriteAsync(await _stage.Log.ReadAsync(0, after: 8), options);
        Assert.Equal(
            [$"0.{8:D19}.jsonl", $"0.{9:D19}.jsonl", $"0.{10:D19}.jsonl"],
            new DirectoryInfo(_folder.Path).EnumerateFiles("0.*.jsonl").Select(f => f.Name).Order(StringComparer.Ordinal));
        Assert.Equal([8L, 9, 10], Lines.Positions(_folder.Path, 0));
    }

    [Fact]
    public async Task A_redriven_event_is_written_once_and_confuses_nobody()
    {
        await _stage.Log.WriteAsync(0, 6);
        var events = await _stage.Log.ReadAsync(0);
        await WriteAsync([.. events.Where(e => e.Position is not 2 and < 5)]);
        await WriteAsync([events[1]], redriven: true);
        await WriteAsync([events[1]], redriven: true);
        await WriteAsync([events[2]], redriven: true);
        await WriteAsync([.. events.Skip(3)]);

        Assert.Equal([1L, 3, 4, 2, 5, 6], Lines.Positions(_folder.Path, 0));
        Assert.True(Lines.Of(_folder.Path, 0)[3].GetProperty("redriven").GetBoolean());
    }

    [Fact]
    public async Task A_file_that_somebody_else_writes_to_is_waited_for()
    {
        await _stage.Log.WriteAsync(0, 1);
        using (new FileStream(Current, FileMode.Create, FileAccess.ReadWrite, FileShare.None))
            await Assert.ThrowsAsync<HandlerUnavailableException>(async () => await WriteAsync(await _stage.Log.ReadAsync(0)));
        await WriteAsync(await _stage.Log.ReadAsync(0));
        Assert.Equal([1L], Lines.Positions(_folder.Path, 0));
    }

    /// <summary>A crash: the lines of a batch are written in whole or in part, the position is not, and the next activation begins.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Each_event_has_one_line_whenever_it_is_killed(int seed)
    {
        const int Events = 1000, Kills = 50;
        var random = new Random(seed);
        var kills = Enumerable.Range(0, Kills).Select(_ => random.NextInt64(1, Events)).ToHashSet();
        var subscriber = DeliveryStage.Quick(new JsonLinesHandler("audit", new JsonLinesOptions(_folder.Path) { RotateBytes = 20_000, KeepFiles = 1000 }));
        TaskCompletionSource killed = null!;
        _stage.Positions.BeforeAdvance = step =>
        {
            if (kills.RemoveWhere(k => k > step.From && k <= step.To) == 0 && !killed.Task.IsCompleted) return Task.CompletedTask;
            killed.TrySetResult();
            throw new StoreUnavailableException("Killed.");
        };
        await _stage.Log.WriteAsync(0, Events);

        while (kills.Count > 0)
        {
            killed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var delivery = _stage.Deliver(subscriber);
            await killed.Task;
            await _stage.EndAsync(delivery);
            Tear(random);
        }

        killed = new TaskCompletionSource();
        _stage.Deliver(subscriber);
        await _stage.ReachesAsync("audit", Events);
        Assert.Equal(Numbers(Events), Lines.Positions(_folder.Path, 0));
    }

    /// <summary>Two activations at once, as while a node is cut off.</summary>
    [Fact]
    public async Task Each_event_has_one_line_though_two_work_at_it()
    {
        await _stage.Log.WriteAsync(0, 2000);
        for (var i = 0; i < 3; i++)
            _stage.Deliver(DeliveryStage.Quick(new JsonLinesHandler("audit", new JsonLinesOptions(_folder.Path))));
        await _stage.ReachesAsync("audit", 2000);
        await _stage.DisposeAsync();
        Assert.Equal(Numbers(2000), Lines.Positions(_folder.Path, 0));
    }

    private static IEnumerable<long> Numbers(int last) => Enumerable.Range(1, last).Select(n => (long)n);

    private Task WriteAsync(IReadOnlyList<EventRecord> events, JsonLinesOptions? options = null, bool redriven = false) =>
        new JsonLinesHandler("audit", options ?? new JsonLinesOptions(_folder.Path))
            .HandleAsync(new EventBatch(events, redriven, _stage, Interests.None), CancellationToken.None);

    /// <summary>The end of the file that a power cut leaves: some of the last batch is not there.</summary>
    private void Tear(Random random)
    {
        if (!File.Exists(Current)) return;
        using var file = new FileStream(Current, FileMode.Open);
        file.SetLength(Math.Max(0, file.Length - random.Next(100)));
    }
}
