using System.Text;
using BenchmarkDotNet.Attributes;
using MailGrains.Grains.Contracts.Messages;
using MailGrains.Grains.Contracts.Sessions;
using MailGrains.Grains.Mailboxes;
using MailGrains.Grains.Mailboxes.Events;
using MailGrains.Grains.Mailboxes.State;
using MailGrains.Grains.Mailboxes.Turns;
using MailGrains.Microbench.Host;
using MailGrains.Mime;
using MailGrains.Model;
using MailGrains.Storage.Commit;
using MailGrains.Storage.Mailboxes;

namespace MailGrains.Microbench.Benchmarks;

/// <summary>Changes of a mailbox of 10,000 messages in memory, event and commit record included; nothing is stored.</summary>
public class TurnBenchmarks
{
    private const int Messages = 10_000;
    private static readonly AccountId Account = AccountId.New(TimeProvider.System);
    private static readonly SessionOrigin Origin = new() { Service = "lmtp", ClientAddress = "192.0.2.7", ClientPort = 4711, ConnectionId = "c1" };
    private static readonly StoreRequest Seen = new(NumberSet.All, true, StoreMode.Add, [@"\Seen"], UpdateScope.All);

    private readonly MailboxState _mailbox = Filled();
    private readonly Delivery _delivery = Sample();
    private readonly UidSet _all = UidSet.FromRanges([(1u, (uint)Messages)]);

    [Benchmark]
    public object Deliver()
    {
        var turn = Turn(_mailbox);
        var message = new IncomingMessage(_delivery.Content, _delivery.Prefix, default, MessageFlags.None, turn.Origin.Seconds);
        var arrivals = ArrivalTurn.Apply(turn, FolderId.Inbox, [message]);
        ArrivalEvents.New(turn, turn.Folder(FolderId.Inbox), arrivals[0], _delivery);
        return turn.Build(_ => 0).Commit;
    }

    [Benchmark]
    public object StoreSeenOnAll()
    {
        var turn = Turn(_mailbox);
        FlagTurn.Apply(turn, FolderId.Inbox, _all, Seen);
        return turn.Build(_ => 0).Commit;
    }

    private static MailboxTurn Turn(MailboxState state) =>
        new(state, Account, 1, new TurnOrigin(SessionId.None, Origin, TimeProvider.System.GetUtcNow()), new MailboxLimits());

    private static MailboxState Filled()
    {
        var turn = Turn(MailboxState.Of(new MailboxClaim(Account, 1, MailboxHead.Empty, [], [], [])));
        FolderTurn.CreateMailbox(turn);
        var entries = new NewEntry[Messages];
        for (var i = 0; i < entries.Length; i++)
            entries[i] = new NewEntry((uint)i + 1, default, turn.ModSeq, 1_750_000_000 + i, 1_750_000_000, 10_240, new EmailId(i + 1));
        ArrivalTurn.Enter(turn, turn.Folder(FolderId.Inbox), entries);
        return turn.Build(_ => 0).After;
    }

    private static Delivery Sample()
    {
        var bytes = new SampleMessage().Bytes;
        var blob = BlobId.Of(bytes);
        return new Delivery
        {
            Operation = blob,
            Content = new MessageContent { Blob = blob, Bytes = bytes, Summary = SummaryBuilder.BuildEncoded(bytes), MessageId = "1@example.net" },
            Prefix = Encoding.ASCII.GetBytes("Return-Path: <grace@example.net>\r\n"),
            Sender = "grace@example.net",
            Recipient = MailHost.Address,
            Origin = Origin,
        };
    }
}
