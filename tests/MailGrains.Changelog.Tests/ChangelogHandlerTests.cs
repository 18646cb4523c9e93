using System.Text;
using MailGrains.Changelog.Indexing;
using MailGrains.Model;
using MailGrains.Model.Summary;
using MailGrains.Storage;
using MailGrains.Storage.Bodies;
using MailGrains.Storage.Events;
using MailGrains.Storage.InMemory;
using MailGrains.Storage.Records;
using MailGrains.Subscribers;

namespace MailGrains.Changelog.Tests;

public sealed class ChangelogHandlerTests : IEventContents
{
    private static readonly byte[] s_note = Sample.Read("note-v3");
    private static readonly BlobId s_damaged = BlobId.Of("damaged"u8);

    private readonly AccountId _ada = AccountId.New(TimeProvider.System);
    private bool _isAway;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Objects_are_indexed_once_however_often_their_events_come()
    {
        var index = new InMemoryGroupwareIndex();
        var handler = new ChangelogHandler(index);
        await handler.HandleAsync(Batch(handler), Cancellation);
        await handler.HandleAsync(Batch(handler), Cancellation);

        var row = new GroupwareRow(_ada, GroupwareKind.Note, "b2d0a1c4-6f4e-4a55-9b7c-111111111111", new EmailId(9), BlobId.Of(s_note));
        Assert.Equal([row], await index.FindAsync(_ada, null, row.Uid, 10, Cancellation));
    }

    [Fact]
    public async Task A_store_that_is_away_is_no_fault_of_an_event()
    {
        _isAway = true;
        var handler = new ChangelogHandler(new InMemoryGroupwareIndex());
        await Assert.ThrowsAsync<HandlerUnavailableException>(() => handler.HandleAsync(Batch(handler), Cancellation));
    }

    Task<ReadOnlyMemory<byte>?> IEventContents.ReadAsync(BlobId blob, CancellationToken cancellation) =>
        _isAway ? throw new StoreUnavailableException("away")
        : blob == s_damaged ? throw new BodyCorruptException(blob, "as the test has it")
        : Task.FromResult<ReadOnlyMemory<byte>?>(s_note);

    Task<MessageSummary?> IEventContents.ReadSummaryAsync(BlobId blob, CancellationToken cancellation) => throw new NotSupportedException();

    private EventBatch Batch(ChangelogHandler handler)
    {
        var payload = $$"""
            {"type": "MessageNew", "version": 1, "messages": [
              {"uid": 7, "emailId": 8, "blobId": "{{s_damaged}}"}, {"uid": 8, "emailId": 9, "blobId": "{{BlobId.Of(s_note)}}"}]}
            """;
        var written = new EventWrite(1, "MessageNew", DateTimeOffset.UnixEpoch, default, default, Encoding.UTF8.GetBytes(payload));
        return new EventBatch([new EventRecord(0, 1, _ada, written)], redriven: false, this, handler.Interests);
    }
}
