using System.Text;
using MailGrains.Changelog.Objects;
using MailGrains.Model;
using MailGrains.Storage.Events;
using MailGrains.Storage.Records;

namespace MailGrains.Changelog.Tests;

public sealed class IndexerTests
{
    private readonly AccountId _ada = AccountId.New(TimeProvider.System);
    private readonly Dictionary<BlobId, byte[]> _bodies = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("MessageNew")]
    [InlineData("MessageAppend")]
    public async Task New_contents_that_are_objects_become_rows(string type)
    {
        var (note, mail, task, lost) = (Keep(Sample.Read("note-v3")), Keep("Subject: hello\r\n\r\nhello"u8.ToArray()), Keep(Sample.Read("task")), BlobId.Of("lost"u8));
        var rows = await RowsAsync(type, $$"""
            {"type": "{{type}}", "version": 1, "messages": [
              {"uid": 7, "emailId": 9, "blobId": "{{note}}"}, {"uid": 8, "emailId": 10, "blobId": "{{mail}}"},
              {"uid": 9, "emailId": 11, "blobId": "{{task}}"}, {"uid": 10, "emailId": 12, "blobId": "{{lost}}"}]}
            """);

        Assert.Equal(
            [
                new GroupwareRow(_ada, GroupwareKind.Note, "b2d0a1c4-6f4e-4a55-9b7c-111111111111", new EmailId(9), note),
                new GroupwareRow(_ada, GroupwareKind.Task, "task-77@example.org", new EmailId(11), task),
            ],
            rows);
    }

    [Fact]
    public async Task Other_events_bring_no_contents() =>
        Assert.Empty(await RowsAsync("MessageCopy", """{"type": "MessageCopy", "messages": [{"uids": "1", "emailIds": "4"}]}"""));

    private BlobId Keep(byte[] message)
    {
        var blob = BlobId.Of(message);
        _bodies[blob] = message;
        return blob;
    }

    private Task<IReadOnlyList<GroupwareRow>> RowsAsync(string type, string payload)
    {
        var written = new EventWrite(1, type, DateTimeOffset.UnixEpoch, default, default, Encoding.UTF8.GetBytes(payload));
        return ObjectIndexer.RowsOfAsync(new EventRecord(0, 1, _ada, written), Read, Cancellation);
    }

    private Task<ReadOnlyMemory<byte>?> Read(BlobId blob, CancellationToken cancellation) =>
        Task.FromResult(_bodies.TryGetValue(blob, out var body) ? body : default(ReadOnlyMemory<byte>?));
}
