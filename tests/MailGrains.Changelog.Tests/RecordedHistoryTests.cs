using MailGrains.Changelog.History;
using MailGrains.Model;
using MailGrains.Storage.InMemory;
using MailGrains.Storage.Records;
using MailGrains.TestKit.Contracts;
using static MailGrains.TestKit.Contracts.RecordScribe;

namespace MailGrains.Changelog.Tests;

public sealed class RecordedHistoryTests
{
    private const string Uid = "meeting@example.org";
    private static readonly FolderId s_calendar = new(5);

    private readonly InMemoryRecordStore _records = new();
    private readonly InMemoryGroupwareIndex _index = new();
    private readonly RecordScribe _ada;
    private readonly RecordedHistory _history;

    public RecordedHistoryTests()
    {
        _ada = new RecordScribe(_records, AccountId.New(TimeProvider.System));
        _history = new RecordedHistory(_index, _records, new InMemoryMailboxStore(), new InMemoryBodyStore());
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_came_and_went_is_told_with_time_and_actor()
    {
        await BeginAsync(1, 2);
        await _ada.WriteAsync("MessageAppend", Arrival(1, s_calendar));
        await _ada.WriteAsync("MessageAppend", Arrival(2, s_calendar));
        await _ada.WriteAsync("MessageExpunge", new EntriesLeft(s_calendar, Uids(1)));

        var found = await _history.FindAsync(_ada.Account, GroupwareKind.Event, Uid, Cancellation);
        var expected = new HistoryEntry
        {
            Operation = HistoryOperation.Append,
            Kind = GroupwareKind.Event,
            At = TimeOf(3),
            Actor = "ada",
            Folder = "Calendar",
            Uid = 1,
            Blob = BlobOf(1),
        };
        Assert.Equal(
            [expected, expected with { At = TimeOf(4), Uid = 2, Blob = BlobOf(2) }, expected with { Operation = HistoryOperation.Delete, At = TimeOf(5) }],
            found);
        Assert.Empty(await _history.FindAsync(_ada.Account, GroupwareKind.Task, Uid, Cancellation));
        Assert.Empty(await _history.FindAsync(_ada.Account, null, "another", Cancellation));
        Assert.Empty(await _history.FindAsync(_ada.Account, null, "", Cancellation));
        Assert.Empty(await _history.FindAsync(AccountId.New(TimeProvider.System), null, Uid, Cancellation));
    }

    [Fact]
    public async Task A_move_tells_from_where_and_folders_are_called_as_they_are_now()
    {
        await BeginAsync(1);
        await _ada.WriteAsync("MessageNew", Arrival(1));
        await _ada.WriteAsync("MessageMove", new EntriesTransferred(Inbox, s_calendar, 100, [new TransferredRun(new UidRange(1, 1), 7)], Move: true));
        await _ada.WriteAsync("MailboxRename", Named(s_calendar, "Kalender"));
        await _ada.WriteAsync("MailboxDelete", new FolderDeleted(s_calendar));

        Assert.Equal(["Append INBOX 1", "Move Kalender 7 from INBOX", "Delete Kalender 7"], await ToldAsync());
    }

    [Fact]
    public async Task Marked_as_deleted_it_is_gone_from_then_on_unless_the_mark_was_taken_off()
    {
        await BeginAsync(1, 2);
        await _ada.WriteAsync("MessageAppend", Arrival(1, s_calendar), Arrival(2, s_calendar));
        await _ada.WriteAsync("MessageTrash", new FlagsChanged(s_calendar, Uids(1, 2), "\\Deleted"));
        await _ada.WriteAsync("FlagsClear", new FlagsChanged(s_calendar, Uids(2), "\\Seen"));
        Assert.Equal(["Append Calendar 1", "Append Calendar 2", "Delete Calendar 1"], await ToldAsync());

        await _ada.WriteAsync("FlagsSet", new FlagsChanged(s_calendar, Uids(1), "\\Deleted \\Seen"));
        await _ada.WriteAsync("MessageExpunge", new EntriesLeft(s_calendar, Uids(1, 2)));
        Assert.Equal(["Append Calendar 1", "Append Calendar 2", "Delete Calendar 1", "Delete Calendar 2"], await ToldAsync());
        var found = await _history.FindAsync(_ada.Account, null, Uid, Cancellation);
        Assert.Equal([TimeOf(4), TimeOf(7)], found.Skip(2).Select(e => e.At));
    }

    private async Task BeginAsync(params uint[] contents)
    {
        await _ada.WriteAsync("MailboxCreate", Named(Inbox, "INBOX"));
        await _ada.WriteAsync("MailboxCreate", Named(s_calendar, "Calendar"));
        await _index.AddAsync([.. contents.Select(c => new GroupwareRow(_ada.Account, GroupwareKind.Event, Uid, new EmailId(c), BlobOf(c)))], Cancellation);
    }

    private async Task<string[]> ToldAsync() =>
    [
        .. (await _history.FindAsync(_ada.Account, null, Uid, Cancellation))
            .Select(e => $"{e.Operation} {e.Folder} {e.Uid}{(e.OldFolder is { } from ? " from " + from : "")}"),
    ];
}
