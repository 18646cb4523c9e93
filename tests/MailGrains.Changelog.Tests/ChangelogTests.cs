using MailGrains.Changelog.History;
using MailGrains.Model;
using MailGrains.Storage.Records;

namespace MailGrains.Changelog.Tests;

public sealed class ChangelogTests
{
    private const string Uid = "0015c5fe-9baf-0561-11e3-d584fa2894b7";
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 8, 15, 0, TimeSpan.Zero);
    private static readonly byte[] s_first = Sample.Read("event-v3");
    private static readonly byte[] s_second = Sample.Changed("event-v3", "Raum 3, Haus B", "Raum 4");
    private static readonly byte[] s_third = Sample.Changed("event-v3", "Raum 3, Haus B", "Raum 5");

    private readonly AccountId _ada = AccountId.New(TimeProvider.System);
    private readonly InMemoryChangeHistory _history = new();
    private readonly ObjectChangelog _changelog;
    private DateTimeOffset _now = Start;

    public ChangelogTests() => _changelog = new ObjectChangelog(_history);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("2014-01-01T00:00:00Z", 0)]
    [InlineData("2014-01-01T00:00:00.0499Z", 0)]
    [InlineData("2014-01-01T00:00:00.05Z", 1)]
    [InlineData("2014-01-01T00:00:01Z", 10)]
    [InlineData("2026-03-02T08:15:00.123456Z", 3839049001)]
    [InlineData("2013-12-31T23:59:59Z", -10)]
    public void Revisions_are_numbered_as_Bonnie_does(string at, long revision) =>
        Assert.Equal(revision, Revision.Of(DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public async Task An_object_that_was_saved_anew_is_one_that_was_updated()
    {
        Add(HistoryOperation.Append, "Calendar", 7, s_first);
        Add(HistoryOperation.Append, "Calendar", 8, s_second);
        Add(HistoryOperation.Delete, "Calendar", 7, s_first);
        Add(HistoryOperation.Append, "Calendar", 9, s_third);
        Add(HistoryOperation.Delete, "Calendar", 8, s_second);
        Add(HistoryOperation.Delete, "Calendar", 8, s_second);

        Assert.Equal(["Append 7", "Append 8", "Append 9"], await ChangesAsync("Calendar"));
        Assert.Equal(7u, (await _changelog.FindCreatedAsync(Named("Calendar"), Cancellation))!.Uid);
        Assert.Equal(9u, (await _changelog.FindLastModifiedAsync(Named("Calendar"), Cancellation))!.Uid);
    }

    [Fact]
    public async Task An_object_that_went_is_told_once()
    {
        Add(HistoryOperation.Append, "Calendar", 7, s_first);
        Add(HistoryOperation.Append, "Calendar", 8, s_second);
        Add(HistoryOperation.Delete, "Calendar", 7, s_first);
        Add(HistoryOperation.Delete, "Calendar", 8, s_second);
        Add(HistoryOperation.Delete, "Calendar", 8, s_second);

        Assert.Equal(["Append 7", "Append 8", "Delete 8"], await ChangesAsync("Calendar"));
        Assert.Equal(8u, (await _changelog.FindLastModifiedAsync(Named("Calendar"), Cancellation))!.Uid);
    }

    [Fact]
    public async Task Deleting_and_saving_again_are_two_acts()
    {
        Add(HistoryOperation.Append, "Calendar", 7, s_first);
        Add(HistoryOperation.Delete, "Calendar", 7, s_first);
        Add(HistoryOperation.Append, "Calendar", 8, s_second);

        Assert.Equal(["Append 7", "Delete 7", "Append 8"], await ChangesAsync("Calendar"));
    }

    [Fact]
    public async Task A_newer_UID_in_another_folder_replaces_nothing()
    {
        Add(HistoryOperation.Append, "Calendar", 7, s_first);
        Add(HistoryOperation.Append, "Private", 100, s_second);
        Add(HistoryOperation.Delete, "Calendar", 7, s_first);

        Assert.Equal(["Append 7", "Append 100", "Delete 7"], await ChangesAsync(null));
        Assert.Equal(["Append 7", "Delete 7"], await ChangesAsync("Calendar"));
        Assert.Equal(["Append 100"], await ChangesAsync("Private"));
    }

    [Fact]
    public async Task An_object_that_moved_takes_its_history_along()
    {
        Add(HistoryOperation.Append, "Calendar", 7, s_first);
        Add(HistoryOperation.Append, "Calendar", 8, s_second);
        Add(HistoryOperation.Delete, "Calendar", 7, s_first);
        Add(HistoryOperation.Move, "Private", 3, s_second, from: "Calendar");
        Add(HistoryOperation.Append, "Private", 4, s_third);
        Add(HistoryOperation.Delete, "Private", 3, s_second);

        // What comes to the old folder later is not this object's history, and what happens to it elsewhere not the old folder's.
        Add(HistoryOperation.Append, "Calendar", 9, s_first);
        Assert.Equal(["Append 7", "Append 8", "Move 3", "Append 4"], await ChangesAsync("Private"));
        Assert.Equal(["Append 7", "Append 8", "Move 3", "Append 9"], await ChangesAsync("Calendar"));
    }

    [Fact]
    public async Task Revisions_can_be_read_also_of_what_is_deleted()
    {
        var first = Add(HistoryOperation.Append, "Calendar", 7, s_first);
        var second = Add(HistoryOperation.Append, "Calendar", 8, s_second);
        Add(HistoryOperation.Delete, "Calendar", 7, s_first);
        var gone = Add(HistoryOperation.Delete, "Calendar", 8, s_second);

        Assert.Equal(s_first, (await _changelog.ReadMessageAsync(Named("Calendar"), first.Revision, Cancellation))!.Value.ToArray());
        Assert.Equal(s_second, (await _changelog.ReadMessageAsync(Named("Calendar"), gone.Revision, Cancellation))!.Value.ToArray());
        var (entry, found) = (await _changelog.ReadObjectAsync(Named("Calendar"), second.Revision, Cancellation))!.Value;
        Assert.Equal((8u, Uid), (entry.Uid, found.Uid));
        Assert.Contains("Raum 4", found.Payload, StringComparison.Ordinal);

        var change = Assert.Single((await _changelog.CompareAsync(Named("Calendar"), first.Revision, second.Revision, null, Cancellation))!);
        Assert.Equal(("location", "Raum 3, Haus B", "Raum 4"), (change.Property, change.Old!.Text, change.New!.Text));
    }

    [Fact]
    public async Task Of_two_acts_in_one_tenth_of_a_second_the_later_content_has_the_number()
    {
        var first = Add(HistoryOperation.Append, "Calendar", 7, s_first, after: TimeSpan.FromMilliseconds(10));
        Add(HistoryOperation.Append, "Calendar", 8, s_second, after: TimeSpan.FromMilliseconds(10));
        Add(HistoryOperation.Move, "Private", 1, s_first, from: "Calendar", after: TimeSpan.FromMilliseconds(10));

        Assert.Equal(s_second, (await _changelog.ReadMessageAsync(Named(null), first.Revision, Cancellation))!.Value.ToArray());
    }

    [Fact]
    public async Task What_is_not_there_is_not_found()
    {
        var entry = Add(HistoryOperation.Append, "Calendar", 7, s_first);
        foreach (var name in new[]
        {
            Named("Calendar") with { Uid = "other" }, Named("Calendar") with { Account = AccountId.New(TimeProvider.System) },
            Named("Calendar") with { Kinds = [GroupwareKind.Task] }, Named("Calendar/Private"), Named("calendar"),
        })
        {
            Assert.Null(await _changelog.FindCreatedAsync(name, Cancellation));
            Assert.Null(await _changelog.FindLastModifiedAsync(name, Cancellation));
            Assert.Null(await _changelog.ListChangesAsync(name, Cancellation));
            Assert.Null(await _changelog.ReadMessageAsync(name, entry.Revision, Cancellation));
            Assert.Null(await _changelog.ReadObjectAsync(name, entry.Revision, Cancellation));
            Assert.Null(await _changelog.CompareAsync(name, entry.Revision, entry.Revision + 1, null, Cancellation));
        }

        Assert.Null(await _changelog.ReadMessageAsync(Named("Calendar"), entry.Revision + 1, Cancellation));
        _history.Forget(entry.Blob);
        Assert.Null(await _changelog.ReadObjectAsync(Named("Calendar"), entry.Revision, Cancellation));
        Assert.NotNull(await _changelog.FindCreatedAsync(Named("Calendar"), Cancellation));
    }

    private HistoryEntry Add(HistoryOperation operation, string folder, uint uid, byte[] message, string? from = null, TimeSpan? after = null)
    {
        _now += after ?? TimeSpan.FromMinutes(1);
        var entry = _history.Add(_ada, operation, _now, folder, uid, message, from);
        return entry;
    }

    private ObjectName Named(string? folder) => new(_ada, [GroupwareKind.Event], Uid, folder);

    private async Task<List<string>> ChangesAsync(string? folder) =>
        [.. (await _changelog.ListChangesAsync(Named(folder), Cancellation) ?? []).Select(e => $"{e.Operation} {e.Uid}")];
}
