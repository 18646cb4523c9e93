using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using MailGrains.Grains.Contracts.Directory;
using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Grains.Contracts.Messages;
using MailGrains.Grains.Contracts.Sessions;
using MailGrains.Grains.Directory;
using MailGrains.Grains.Mailboxes;
using MailGrains.Grains.Mailboxes.Events;
using MailGrains.Grains.Mailboxes.Quotas;
using MailGrains.Grains.Mailboxes.State;
using MailGrains.Grains.Mailboxes.Turns;
using MailGrains.Model;
using MailGrains.Model.Accounts;
using MailGrains.Storage.Accounts;
using MailGrains.Storage.Events;
using MailGrains.Storage.Mailboxes;

namespace MailGrains.Grains.Tests.Mailboxes;

/// <summary>
/// The examples of docs/events.md are the golden payloads: what is written differs from them in layout only. A change of a payload changes the document,
/// and the version of that event.
/// </summary>
public sealed partial class EventFormatTests
{
    private static readonly AccountId Account = new(new Guid("0191a0b0-0000-7000-8000-000000000001"));
    private static readonly DateTimeOffset At = new DateTimeOffset(2026, 3, 1, 12, 30, 15, TimeSpan.Zero).AddMicroseconds(123456);
    private static readonly SessionId Session = new(new Guid("0191a0b0-0000-7000-8000-000000000002"));

    private static readonly SessionOrigin Imap = new()
    {
        Service = "imap",
        Actor = Account,
        Login = "ada@example.org",
        AuthMechanism = "SCRAM-SHA-256",
        ClientAddress = "192.0.2.7",
        ClientPort = 40123,
        ServerAddress = "192.0.2.1",
        ServerPort = 143,
        ConnectionId = "0HNA1",
    };

    private static readonly SessionOrigin Lmtp = new() { Service = "lmtp", ClientAddress = "192.0.2.25" };

    private static readonly SessionOrigin Administrator =
        TurnOrigin.Administration with { Login = "admin", AuthMechanism = "TOKEN", ClientAddress = "192.0.2.80" };

    private static readonly Dictionary<string, Action> Writers = new()
    {
        ["MessageNew"] = () => Write(Lmtp, t => ArrivalEvents.New(t, Inbox, Arrival, TestMailbox.Delivery(text: "x"))),
        ["MessageRejected"] = () => Write(Lmtp, t => AccountEvents.Write(t, new AccountEvent
        {
            Type = AccountEventType.MessageRejected,
            Origin = Lmtp,
            Details = EventDetails.None.With("sender", "bob@example.net").With("recipient", "ada@example.org").With("code", 550).With("status", "5.2.1")
                .With("messageId", "a@b").With("size", 100),
        })),
        ["MessageAppend"] = () => Write(Imap, t => ArrivalEvents.Append(t, Inbox, [Arrival])),
        ["MessageCopy"] = () => Write(Imap, t => TransferEvents.Copied(t, Inbox, Archive, move: false, Run)),
        ["MessageMove"] = () => Write(Imap, t => TransferEvents.Copied(t, Inbox, Archive, move: true, Run)),
        ["MessageAccessed of one's own mail"] = () => Write(
            Imap, t => AccessEvents.Accessed(t, Inbox, new UidSet([new UidRange(1, 5), new UidRange(7, 7)]), ContentAccess.Body)),
        ["MessageExpunge"] = () => Write(Imap, t => TransferEvents.Expunged(t, Inbox, Run with { OldUids = null })),
        ["MessageRead"] = () => Write(Imap, t => Flags(t, MessageFlags.None, MessageFlags.Seen)),
        ["MessageTrash"] = () => Write(Imap, t => Flags(t, MessageFlags.Seen, MessageFlags.Seen | MessageFlags.Deleted)),
        ["FlagsSet"] = () => Write(Imap, t => Flags(t, MessageFlags.Seen, MessageFlags.Seen | MessageFlags.Flagged)),
        ["FlagsClear"] = () => Write(Imap, t => Flags(t, MessageFlags.Seen | MessageFlags.Flagged, MessageFlags.Flagged)),
        ["MailboxCreate"] = () => Write(Imap, t => FolderEvents.Created(t, Archive)),
        ["MailboxDelete"] = () => Write(Imap, t => FolderEvents.Deleted(t, Archive)),
        ["MailboxRename"] = () => Write(Imap, t => FolderEvents.Renamed(t, Archive, "Old")),
        ["MailboxSubscribe"] = () => Write(Imap, t => FolderEvents.Subscribed(t, "Archive/2026", Archive, subscribed: true)),
        ["MailboxUnsubscribe"] = () => Write(Imap, t => FolderEvents.Subscribed(t, "Gone", null, subscribed: false)),
        ["QuotaExceed"] = () => Write(Lmtp, t => QuotaEvents.Exceeded(t, new Refusal(1, 10_240))),
        ["QuotaWithin"] = () => Write(Imap, QuotaEvents.Within),
        ["Login"] = () => Write(
            Imap with { Memberships = Memberships.Of(["legal", "staff"], ["auditor"]), ClientId = "Thunderbird/128.5" }, Session, SessionEvents.Login),
        ["Logout"] = () => Write(Imap, t => SessionEvents.Logout(t, TimeSpan.FromSeconds(93.5))),
        ["LoginFailed"] = () => Write(Imap with { Actor = null, Login = null }, SessionId.None, t => AccountEvents.Write(t, new AccountEvent
        {
            Type = AccountEventType.LoginFailed,
            Origin = t.Origin.Origin,
            Address = "ada@example.org",
            Failure = LoginFailure.Credentials,
        })),
        ["AccountCreate"] = () => Act(AccountEventType.AccountCreate, "ada@example.org", 1),
        ["AccountPasswordChange"] = () => Act(AccountEventType.AccountPasswordChange, null, 2),
        ["AccountDisable"] = () => Act(AccountEventType.AccountDisable, null, 3),
        ["AccountEnable"] = () => Act(AccountEventType.AccountEnable, null, 4),
        ["AccountDelete"] = () => Act(AccountEventType.AccountDelete, "ada@example.org", 5),
        ["AddressAdd"] = () => Act(AccountEventType.AddressAdd, "countess@example.org", 6),
        ["AddressRemove"] = () => Act(AccountEventType.AddressRemove, "countess@example.org", 7),
        ["HoldApplied"] = () => Act(AccountEventType.HoldApplied, Case.With("name", "Smith v. Example").With("reason", "order of 27 February")),
        ["HoldReleased"] = () => Act(AccountEventType.HoldReleased, Case.With("name", "Smith v. Example").With("reason", "settled")),
        ["RetentionExpired"] = () => Act(
            AccountEventType.RetentionExpired, EventDetails.None.With("messages", 214).With("before", "2025-03-01T00:00:00Z")),
        ["Restored"] = () => Act(AccountEventType.Restored, EventDetails.None.With("count", 3)),
        ["CaseCreate"] = () => Act(AccountEventType.CaseCreate, Case.With("name", "Smith v. Example").With("twoPeople", 1)),
        ["CaseClose"] = () => Act(AccountEventType.CaseClose, EventDetails.None.With("act", "0191a0b0-0000-7000-8000-0000000000ac")),
        ["CustodianAdd"] = () => Act(
            AccountEventType.CustodianAdd,
            EventDetails.None.With("custodian", "0191a0b0-0000-7000-8000-000000000002").With("custodianAddress", "ada@example.org").With("group", "staff")
                .With("asOf", "2026-02-27T00:00:00.0000000Z")),
        ["HoldReleaseAsked"] = () => Act(
            AccountEventType.HoldReleaseAsked,
            EventDetails.None.With("act", "0191a0b0-0000-7000-8000-0000000000ac").With("reason", "settled").With("custodians", "1,2")),
        ["SearchPerformed"] = () => Act(
            AccountEventType.SearchPerformed,
            EventDetails.None.With("query", Query).With("custodians", "1,2").With("sequences", "814,70").With("hits", 12).With("partial", 0).With("unread", 0)),
        ["MessageAccessed"] = () => Act(
            AccountEventType.MessageAccessed, EventDetails.None.With("item", "1.1042").With("custodian", "0191a0b0-0000-7000-8000-000000000002")),
        ["PartialListed"] = () => Act(AccountEventType.PartialListed, EventDetails.None.With("search", 1)),
        ["FoldersListed"] = () => Act(
            AccountEventType.FoldersListed,
            EventDetails.None.With("custodian", "0191a0b0-0000-7000-8000-000000000002").With("asOf", "2026-02-27T00:00:00.0000000Z").With("sequence", 814)),
        ["ItemsTagged"] = () => Act(AccountEventType.ItemsTagged, EventDetails.None.With("tag", "responsive").With("items", "1.1042,2.7")),
        ["ItemsUntagged"] = () => Act(AccountEventType.ItemsUntagged, EventDetails.None.With("tag", "responsive").With("items", "2.7")),
        ["ExportCreated"] = () => Act(
            AccountEventType.ExportCreated,
            EventDetails.None.With("search", 1).With("tag", "responsive").With("format", "eml").With("items", 12)
                .With("sha256", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08").With("caseSequence", 17)),
        ["ExportFetched"] = () => Act(
            AccountEventType.ExportFetched,
            EventDetails.None.With("export", 1).With("sha256", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")),
        ["AdminAccess"] = () => Act(
            AccountEventType.AdminAccess, EventDetails.None.With("what", "export").With("folder", "Archive/2026").With("count", 117)),
        ["DirectorySnapshot"] = () => Snapshot(0),
        ["GroupSnapshot"] = () => Snapshot(1),
        ["RoleSnapshot"] = () => Snapshot(2),
        ["DomainSnapshot"] = () => Snapshot(3),
        ["GroupCreate"] = () => Act(DirectoryChange.Created(Staff)),
        ["GroupDelete"] = () => Act(DirectoryChange.Deleted(Staff)),
        ["GroupMemberAdd"] = () => Act(DirectoryChange.Joined(Staff, Ada)),
        ["GroupMemberRemove"] = () => Act(DirectoryChange.Left(Staff.Id, Staff.Name, new MemberRecord(Legal.Id, Legal.Name))),
        ["RoleGrant"] = () => Act(DirectoryChange.Granted("auditor", Ada)),
        ["RoleRevoke"] = () => Act(DirectoryChange.Revoked("auditor", Ada)),
        ["DomainAdd"] = () => Act(DirectoryChange.Written(null, new DomainRecord("example.net", false)).Single()),
        ["DomainDisable"] = () => Act(DirectoryChange.Written(new DomainRecord("example.net", false), new DomainRecord("example.net", true)).Single()),
        ["DomainEnable"] = () => Act(DirectoryChange.Written(new DomainRecord("example.net", true), new DomainRecord("example.net", false)).Single()),
        ["DomainRemove"] = () => Act(DirectoryChange.Removed("example.net")),
    };

    private static readonly MailboxLimits Limits = new() { QuotaBytes = 1_000_000, QuotaMessages = 1000 };

    [ThreadStatic]
    private static EventWrite? _written;

    public static TheoryData<string> Types => [.. Writers.Keys];

    private const string Query = "from:bob subject:figures";

    private static EventDetails Case => EventDetails.None.With("case", "0191a0b0-0000-7000-8000-0000000000ca");

    private static GroupRecord Staff => new(new GroupId(new Guid("0191a0b0-0000-7000-8000-0000000000b1")), "staff", "staff@example.org", At);

    private static GroupRecord Legal => new(new GroupId(new Guid("0191a0b0-0000-7000-8000-0000000000b2")), "legal", null, At);

    private static MemberRecord Ada => new(new MemberId(new Guid("0191a0b0-0000-7000-8000-000000000002"), IsGroup: false), "ada@example.org");

    private static FolderRow Row => new()
    {
        Id = FolderId.Inbox,
        Path = "INBOX",
        UidValidity = 1772368215,
        UidNext = 8,
        HighestModSeq = 12,
        Messages = 5,
        Unseen = 2,
        SizeBytes = 48_213,
    };

    private static FolderState Inbox => FolderState.Of(Account, Row, FolderMessages.Empty);

    private static FolderState Archive => FolderState.Of(
        Account,
        Row with
        {
            Id = new FolderId(7),
            Path = "Archive/2026",
            SpecialUse = "Archive",
            UidValidity = 1772368222,
            UidNext = 120,
            Messages = 117,
            Unseen = 0,
        },
        FolderMessages.Empty);

    private static Arrival Arrival =>
        new(new NewEntry(7, MessageFlags.Seen, 1, 1_700_000_000, 1_700_000_001, 100, new EmailId(9)), TestMailbox.Content("x").Blob, "a@b");

    private static MessageRun Run =>
        new(new UidSet([new UidRange(117, 119)]), new UidSet([new UidRange(2, 3), new UidRange(7, 7)]), "4:5,9", 3_412);

    [Theory]
    [MemberData(nameof(Types))]
    public void What_is_written_is_what_the_document_says(string type)
    {
        Writers[type]();
        Assert.Equal(type.Split(' ')[0], _written!.Type);
        Assert.Equal(Example(type), Regex.Replace(Encoding.UTF8.GetString(_written.Payload.Span), "\"id\":\"[^\"]*\",\"timestamp\"", "\"id\":\"*\",\"timestamp\""));
    }

    [Fact]
    public void The_document_has_no_example_of_what_is_not_written() =>
        Assert.Equal(Writers.Keys.Order(), Example().Matches(Document).Select(m => m.Groups[1].Value).Order());

    /// <summary>The worked example of the hash chain in the document.</summary>
    [Fact]
    public void The_hash_in_the_document_is_the_hash_that_is_computed()
    {
        var hash = EventHash.Compute(default, Account, 1, At, "Login", "{}"u8);
        Span<byte> bytes = stackalloc byte[BlobId.Length];
        hash.Write(bytes);
        Assert.Contains(Convert.ToHexStringLower(bytes), Document);
    }

    private static string Document { get; } = File.ReadAllText(Path.Combine(Root(), "docs", "events.md"));

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "MailGrains.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("MailGrains.sln is not above the tests.");
        return folder;
    }

    private static string Example(string type)
    {
        var example = Example().Matches(Document).FirstOrDefault(m => m.Groups[1].Value == type);
        if (example is null) return "";
        using var json = JsonDocument.Parse(example.Groups[2].Value);
        using var plain = new MemoryStream();
        using (var writer = new Utf8JsonWriter(plain, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            json.WriteTo(writer);
        var text = Encoding.UTF8.GetString(plain.ToArray());
        return Regex.Replace(text, "\"id\":\"[^\"]*\",\"timestamp\"", "\"id\":\"*\",\"timestamp\"");
    }

    private static void Flags(MailboxTurn turn, MessageFlags before, MessageFlags after)
    {
        var uids = new UidSetBuilder();
        uids.AddRange(1, 5);
        uids.Add(7);
        FlagEvents.Changed(turn, Inbox, [new FlagGroup(before, after, uids)]);
    }

    private static void Act(AccountEventType type, string? address, long version) => Write(
        TurnOrigin.Administration,
        SessionId.None,
        t => AccountEvents.Write(t, new AccountEvent { Type = type, Origin = t.Origin.Origin, Address = address, AccountVersion = version }));

    /// <summary>Of the directory, as the n-th of what there is.</summary>
    private static void Snapshot(int n)
    {
        var contents = new DirectoryContents(
            [Staff],
            [(Staff.Id, Ada), (Staff.Id, new MemberRecord(Legal.Id, Legal.Name))],
            [new RoleRecord("auditor", Ada)],
            [new DomainRecord("example.net", true), new DomainRecord("example.org", false)]);
        Act(contents.ToChanges()[n], new ActOrigin(null, null, At), 1 + n);
    }

    private static void Act(DirectoryChange change) => Act(change, new ActOrigin("admin", "192.0.2.80", At), 17);

    private static void Act(DirectoryChange change, ActOrigin by, long number)
    {
        var happened = DirectoryLogGrain.EventOf(new DirectoryAct(number, change.Type, by, change.Details));
        Write(happened.Origin, SessionId.None, t => AccountEvents.Write(t, happened));
    }

    private static void Act(AccountEventType type, EventDetails details) => Write(
        Administrator,
        SessionId.None,
        t => AccountEvents.Write(t, new AccountEvent { Type = type, Origin = t.Origin.Origin, Details = details }));

    private static void Write(SessionOrigin origin, Action<MailboxTurn> write) => Write(origin, origin == Lmtp ? SessionId.None : Session, write);

    private static void Write(SessionOrigin origin, SessionId session, Action<MailboxTurn> write)
    {
        var head = MailboxHead.Empty with { ModSeq = 12, Messages = 998, SizeBytes = 995_120 };
        var state = MailboxState.Of(new MailboxClaim(Account, 1, head, [], [], []));
        var turn = new MailboxTurn(state, Account, 1, new TurnOrigin(session, origin, At), Limits);
        write(turn);
        _written = turn.Build(_ => 0).Commit.Events[^1];
    }

    /// <summary>A heading with the type's name, and what else tells it from others of the type, and the first JSON below it.</summary>
    [GeneratedRegex(@"^### (\w+(?: of [\w' ]+)?)\n(?:(?!^#)[^`]|`(?!``))*```json\n(.*?)```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Example();
}
