using System.Text;
using BenchmarkDotNet.Attributes;
using MailGrains.Model;
using MailGrains.Records;
using MailGrains.Storage.Events;
using MailGrains.Storage.InMemory;
using MailGrains.Storage.Relational.Records;
using MailGrains.Storage.Sqlite.Records;
using MailGrains.Subscribers;
using MailGrains.TestKit;

namespace MailGrains.Microbench.Benchmarks;

/// <summary>Deliveries into the records on SQLite, in batches as a subscriber that has fallen behind gets them: time and octets an event.</summary>
public class RecordBenchmarks : IAsyncDisposable
{
    private const int BatchSize = 500;
    private const int Batches = 20;
    private const int Accounts = 1000;

    private static readonly AccountId[] Mailboxes = [.. Enumerable.Range(0, Accounts).Select(_ => new AccountId(Guid.CreateVersion7()))];

    private readonly TemporaryFolder _folder = new();
    private RelationalRecords _store = null!;
    private RecordsHandler _handler = null!;
    private long _position;

    [GlobalSetup]
    public void Open()
    {
        _store = SqliteRecords.Open(Path.Combine(_folder.Path, "records.db"));
        _handler = new RecordsHandler("records", _store, new InMemoryMailboxStore());
    }

    [GlobalCleanup]
    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(OperationsPerInvoke = BatchSize * Batches)]
    public async Task DeliveriesAsync()
    {
        for (var i = 0; i < Batches; i++)
        {
            var events = new EventRecord[BatchSize];
            for (var e = 0; e < BatchSize; e++) events[e] = Delivery(++_position);
            await _handler.HandleAsync(new EventBatch(events, redriven: false, null!, Interests.None), CancellationToken.None);
        }
    }

    private static EventRecord Delivery(long position)
    {
        var account = Mailboxes[position % Accounts];
        var number = position / Accounts + 1;
        var at = DateTimeOffset.UnixEpoch.AddSeconds(position);
        var payload = Encoding.UTF8.GetBytes($$"""
            {"type":"MessageNew","version":1,"id":"019ca960-bc53-7145-805e-aa39813f2aaf","timestamp":"2026-03-01T12:30:15.123456Z",
            "account":{"id":"{{account.Value}}"},"session":{"service":"lmtp","clientIp":"192.0.2.25"},"modseq":12,
            "mailbox":{"id":1,"uidValidity":1772368215,"path":"INBOX"},"counters":{"messages":5,"unseen":2,"uidNext":8,"sizeBytes":48213},
            "sender":"bob@example.net","recipient":"ada@example.org","messages":[{"uid":{{number}},"emailId":{{number}},
            "messageId":"{{position}}@mail.example.net","size":4213,"internalDate":"2023-11-14T22:13:20Z","saveDate":"2023-11-14T22:13:21Z",
            "flagsAfter":[],"blobId":"{{BlobId.Of(BitConverter.GetBytes(position))}}",
            "prefix":"Return-Path: <bob@example.net>\r\nDelivered-To: ada@example.org\r\nReceived: from mx by mail with LMTP; Sun, 1 Mar 2026 12:30:15\r\n"}]}
            """);
        return new EventRecord(0, position, account, new EventWrite(number, "MessageNew", at, default, default, payload));
    }
}
