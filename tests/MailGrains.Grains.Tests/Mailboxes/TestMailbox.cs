using System.Collections.Immutable;
using System.Text;
using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Grains.Contracts.Messages;
using MailGrains.Grains.Contracts.Sessions;
using MailGrains.Model;
using MailGrains.Storage.Events;

namespace MailGrains.Grains.Tests.Mailboxes;

/// <summary>A fresh account's mailbox and short words for what tests do with it.</summary>
public sealed class TestMailbox(MailboxCluster cluster, AccountId account)
{
    private static int _bodies;

    public AccountId Account => account;

    public IMailboxGrain Grain { get; } = cluster.Mailbox(account);

    public static SessionOrigin Imap { get; } = new() { Service = "imap", Login = "ada@example.org", ClientAddress = "192.0.2.7" };

    /// <summary>A session whose Login event is in the log, so that tests can count events.</summary>
    public async Task<SessionId> OpenAsync(IMailboxObserver? observer = null)
    {
        var id = SessionId.New(TimeProvider.System);
        await Grain.OpenSessionAsync(id, Imap, observer);
        var logins = 0;
        while (logins == 0)
        {
            logins = (await EventsAsync()).Count(e => e.Type == "Login" && Encoding.UTF8.GetString(e.Payload.Span).Contains(id.Value.ToString()));
            await Task.Yield();
        }

        return id;
    }

    public async Task<SessionId> SelectAsync(string path = "INBOX", bool readOnly = false)
    {
        var id = await OpenAsync();
        await Grain.SelectAsync(id, new SelectRequest(path, readOnly));
        return id;
    }

    public static MessageContent Content(string? text = null)
    {
        var bytes = Encoding.ASCII.GetBytes(text ?? $"Subject: {Interlocked.Increment(ref _bodies)}\r\n\r\nHello\r\n");
        return new MessageContent { Blob = BlobId.Of(bytes), Bytes = bytes, Summary = "summary"u8.ToArray(), MessageId = "m@example.org" };
    }

    public static BlobId NewOperation() => BlobId.Of(Guid.NewGuid().ToByteArray());

    public static Delivery Delivery(string? detail = null, BlobId? operation = null, string? text = null) => new()
    {
        Operation = operation ?? NewOperation(),
        Content = Content(text),
        Prefix = "Return-Path: <>\r\n"u8.ToArray(),
        Detail = detail,
        Sender = "bob@example.net",
        Recipient = "ada@example.org",
        Origin = new SessionOrigin { Service = "lmtp" },
    };

    public Task<AppendResult> AppendAsync(SessionId session, string path = "INBOX", int count = 1, params string[] flags) =>
        Grain.AppendAsync(new AppendRequest(
            session, NewOperation(), path, [.. Enumerable.Range(0, count).Select(_ => new AppendMessage(Content(), [.. flags], null))]));

    public Task<StoreResult> StoreAsync(SessionId session, NumberSet set, StoreMode mode, params string[] flags) =>
        Grain.StoreAsync(session, new StoreRequest(set, ByUid: true, mode, [.. flags], UpdateScope.All));

    public static NumberSet Set(uint first, uint last) => new([new NumberRange(first, last)]);

    public static NumberSet Set(uint number) => Set(number, number);

    public async Task<RowsResult> RowsAsync(SessionId session, UpdateScope scope = UpdateScope.All) =>
        await Grain.RowsAsync(session, new RowsRequest(NumberSet.All, ByUid: true, scope));

    public static uint[] Uids(RowsResult rows)
    {
        var uids = new List<uint>();
        foreach (var row in rows.Rows) uids.Add(row.Uid);
        return [.. uids];
    }

    public async Task<IReadOnlyList<EventWrite>> EventsAsync() =>
        [.. (await cluster.Store.ReadMailboxAsync(account, 0, int.MaxValue, CancellationToken.None)).Select(e => e.Event)];

    /// <summary>Types of the events since a number of them, in order.</summary>
    public async Task<ImmutableArray<string>> TypesAsync(int after = 0) => [.. (await EventsAsync()).Skip(after).Select(e => e.Type)];

    public async Task AssertChainAsync()
    {
        BlobId previous = default;
        long sequence = 0;
        foreach (var written in await EventsAsync())
        {
            Assert.Equal(++sequence, written.Sequence);
            Assert.Equal(previous, written.PreviousHash);
            previous = EventHash.Compute(previous, account, sequence, written.At, written.Type, written.Payload.Span);
            Assert.Equal(previous, written.Hash);
        }
    }

    public static async Task<MailboxError> ErrorOf(Func<Task> call) => (await Assert.ThrowsAsync<MailboxException>(call)).Error;
}
