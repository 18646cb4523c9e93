using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using MailGrains.Model;
using MailGrains.Model.Columns;
using MailGrains.Storage.Bodies;
using MailGrains.Storage.Commit;
using MailGrains.Storage.Events;
using MailGrains.Storage.Mailboxes;

namespace MailGrains.TestKit.Contracts;

/// <summary>
/// What a mailbox's owner is to a store: claims it, keeps its state in the plainest way, and makes whole, consistent commits of
/// a few kinds of change. The commits still have to be handed to the store.
/// </summary>
public sealed class MailboxActor
{
    public static readonly DateTimeOffset Now = new(2026, 3, 29, 1, 59, 59, TimeSpan.Zero);

    private readonly SortedDictionary<int, FolderRow> _folders = [];
    private readonly Dictionary<int, SortedDictionary<uint, Entry>> _entries = [];
    private readonly Dictionary<long, int> _references = [];
    private KeywordTable _keywords = KeywordTable.Empty;

    public MailboxActor(MailboxClaim claim)
    {
        Account = claim.Account;
        Epoch = claim.Epoch;
        Head = claim.Head;
        foreach (var folder in claim.Folders)
        {
            _folders[folder.Id.Value] = folder;
            _entries[folder.Id.Value] = [];
        }
    }

    public AccountId Account { get; }

    public long Epoch { get; }

    public MailboxHead Head { get; private set; }

    public IReadOnlyCollection<FolderRow> Folders => _folders.Values;

    public IEnumerable<EmailId> Emails => _references.Keys.Order().Select(k => new EmailId(k));

    public static async Task<MailboxActor> ClaimAsync(IMailboxStore store, AccountId account) =>
        new(await store.ClaimAsync(account, CancellationToken.None));

    /// <summary>The same mailbox after a new claim: what was committed is still known, what was lost is not.</summary>
    public MailboxActor Again(MailboxClaim claim)
    {
        var next = new MailboxActor(claim) { _keywords = _keywords };
        foreach (var folder in claim.Folders)
        {
            foreach (var (uid, entry) in _entries[folder.Id.Value].Where(e => e.Key < folder.UidNext))
            {
                next._entries[folder.Id.Value][uid] = entry;
                next._references[entry.Email.Value] = next._references.GetValueOrDefault(entry.Email.Value) + 1;
            }
        }

        return next;
    }

    public IReadOnlyList<uint> Uids(FolderId folder) => [.. _entries[folder.Value].Keys];

    public MailboxCommit CreateFolder(string path, string? specialUse = null)
    {
        var id = new FolderId(Head.LastFolder + 1);
        Head = Head with { LastFolder = id.Value, LastUidValidity = Head.LastUidValidity + 1, ModSeq = Head.ModSeq + 1 };
        var folder = new FolderRow
        {
            Id = id,
            Path = path,
            SpecialUse = specialUse,
            UidValidity = Head.LastUidValidity,
            UidNext = 1,
            HighestModSeq = Head.ModSeq,
        };
        _folders[id.Value] = folder;
        _entries[id.Value] = [];
        return Build("MailboxCreate", folders: [folder]);
    }

    public MailboxCommit DeleteFolder(FolderId folder)
    {
        var gone = _entries[folder.Value].Values.Select(e => e.Email).ToArray();
        Head = Head with { ModSeq = Head.ModSeq + 1 };
        _folders.Remove(folder.Value);
        _entries.Remove(folder.Value);
        return Build("MailboxDelete", deleted: [folder], references: [.. gone.Select(e => Refer(e, -1))]);
    }

    public MailboxCommit Deliver(FolderId folder, byte[]? body = null, byte[]? summary = null, OperationId? operation = null)
    {
        body ??= Encoding.ASCII.GetBytes($"Subject: {Account} {Head.LastEmail + 1}\r\n\r\nHello\r\n");
        var email = new EmailId(Head.LastEmail + 1);
        Head = Head with { LastEmail = email.Value, ModSeq = Head.ModSeq + 1, Messages = Head.Messages + 1, SizeBytes = Head.SizeBytes + body.Length };
        var uid = Add(folder, email, MessageFlags.None, (uint)body.Length);
        var blob = BlobId.Of(body);
        return Build(
            "MessageNew",
            folders: [_folders[folder.Value]],
            pages: [Page(folder, MessagePage.NumberOf(uid))],
            emails: [new EmailWrite(email, blob, LocatorOf(blob, body.Length), "Return-Path: <>\r\n"u8.ToArray(), summary ?? [1, 2, 3])],
            references: [Refer(email, 1)],
            operations: operation is { } id ? [new OperationWrite(id, Now, BitConverter.GetBytes(uid))] : []);
    }

    public MailboxCommit Copy(FolderId from, uint uid, FolderId to)
    {
        var entry = _entries[from.Value][uid];
        Head = Head with { ModSeq = Head.ModSeq + 1, Messages = Head.Messages + 1, SizeBytes = Head.SizeBytes + entry.Size };
        var copy = Add(to, entry.Email, entry.Flags, entry.Size);
        return Build(
            "MessageCopy", folders: [_folders[to.Value]], pages: [Page(to, MessagePage.NumberOf(copy))], references: [Refer(entry.Email, 1)]);
    }

    public MailboxCommit SetFlags(FolderId folder, IReadOnlyCollection<uint> uids, MessageFlags flags)
    {
        Head = Head with { ModSeq = Head.ModSeq + 1 };
        foreach (var uid in uids) _entries[folder.Value][uid] = _entries[folder.Value][uid] with { Flags = flags, ModSeq = Head.ModSeq };
        Touch(folder);
        return Build("FlagsSet", folders: [_folders[folder.Value]], pages: PagesOf(folder, uids));
    }

    public MailboxCommit Expunge(FolderId folder, IReadOnlyCollection<uint> uids)
    {
        var gone = uids.Select(u => _entries[folder.Value][u]).ToArray();
        Head = Head with
        {
            ModSeq = Head.ModSeq + 1,
            Messages = Head.Messages - gone.Length,
            SizeBytes = Head.SizeBytes - gone.Sum(e => e.Size),
        };
        foreach (var uid in uids) _entries[folder.Value].Remove(uid);
        Touch(folder);
        return Build(
            "MessageExpunge",
            folders: [_folders[folder.Value]],
            pages: PagesOf(folder, uids),
            references: [.. gone.Select(e => Refer(e.Email, -1))],
            expunges: [new ExpungeWrite(folder, Head.ModSeq, UidSet.FromAscending(uids.Order()))]);
    }

    public MailboxCommit ForgetExpunges(FolderId folder, long upTo)
    {
        // What is forgotten stays forgotten: the mark never falls.
        var row = _folders[folder.Value];
        _folders[folder.Value] = row with { ExpungesForgottenTo = Math.Max(row.ExpungesForgottenTo, upTo) };
        return Build("MailboxModseq", folders: [_folders[folder.Value]]);
    }

    public MailboxCommit AddKeyword(string keyword)
    {
        _keywords = _keywords.Add(keyword);
        return Build("FlagsSet", keywords: _keywords);
    }

    public MailboxCommit Subscribe(string path, bool subscribed) =>
        Build(subscribed ? "MailboxSubscribe" : "MailboxUnsubscribe", subscriptions: [new SubscriptionWrite(path, subscribed)]);

    /// <summary>A page as it must be read back.</summary>
    public MessagePage PageOf(FolderId folder, int number) => Page(folder, number).Page;

    /// <summary>Packs count from 1: the body is nowhere in the database itself.</summary>
    public static BodyLocator LocatorOf(BlobId blob, int length) =>
        new(1 + (int)(blob.A & 0xFF), (long)(blob.B & 0xFF_FFFF_FFFF), length, length);

    private uint Add(FolderId folder, EmailId email, MessageFlags flags, uint size)
    {
        var uid = _folders[folder.Value].UidNext;
        _entries[folder.Value][uid] = new Entry(email, flags, Head.ModSeq, size);
        _folders[folder.Value] = _folders[folder.Value] with { UidNext = uid + 1 };
        Touch(folder);
        return uid;
    }

    private void Touch(FolderId folder)
    {
        var entries = _entries[folder.Value].Values;
        _folders[folder.Value] = _folders[folder.Value] with
        {
            HighestModSeq = Head.ModSeq,
            Messages = entries.Count,
            Unseen = entries.Count(e => !e.Flags.Has(MessageFlags.Seen)),
            SizeBytes = entries.Sum(e => (long)e.Size),
        };
    }

    private EmailReferenceChange Refer(EmailId email, int delta)
    {
        _references[email.Value] = _references.GetValueOrDefault(email.Value) + delta;
        if (_references[email.Value] == 0) _references.Remove(email.Value);
        return new EmailReferenceChange(email, delta);
    }

    private PageWrite[] PagesOf(FolderId folder, IEnumerable<uint> uids) =>
        [.. uids.Select(MessagePage.NumberOf).Distinct().Select(n => Page(folder, n))];

    private PageWrite Page(FolderId folder, int number)
    {
        var entries = new List<KeyValuePair<uint, Entry>>();
        for (var uid = (uint)number * MessagePage.Span; uid < ((uint)number + 1) * MessagePage.Span; uid++)
            if (_entries[folder.Value].TryGetValue(uid, out var entry)) entries.Add(new(uid, entry));
        return new PageWrite(folder, new MessagePage
        {
            Number = number,
            Uids = [.. entries.Select(e => e.Key)],
            Flags = [.. entries.Select(e => e.Value.Flags)],
            ModSeqs = [.. entries.Select(e => e.Value.ModSeq)],
            InternalDates = [.. entries.Select(e => Now.ToUnixTimeSeconds() - e.Value.Size)],
            SaveDates = [.. entries.Select(e => (uint)Now.ToUnixTimeSeconds() + e.Key)],
            Sizes = [.. entries.Select(e => e.Value.Size)],
            EmailIds = [.. entries.Select(e => e.Value.Email.Value)],
        });
    }

    private MailboxCommit Build(
        string type,
        FolderRow[]? folders = null,
        FolderId[]? deleted = null,
        PageWrite[]? pages = null,
        EmailWrite[]? emails = null,
        EmailReferenceChange[]? references = null,
        ExpungeWrite[]? expunges = null,
        KeywordTable? keywords = null,
        SubscriptionWrite[]? subscriptions = null,
        OperationWrite[]? operations = null)
    {
        var write = NextEvent(type);
        return new MailboxCommit
        {
            Account = Account,
            Epoch = Epoch,
            Head = Head,
            Folders = folders ?? [],
            DeletedFolders = deleted ?? [],
            Pages = pages ?? [],
            Emails = emails ?? [],
            References = references ?? [],
            Expunges = expunges ?? [],
            Keywords = keywords,
            Subscriptions = subscriptions ?? [],
            Operations = operations ?? [],
            Events = [write],
        };
    }

    private EventWrite NextEvent(string type)
    {
        var sequence = Head.EventSequence + 1;
        var at = Now.AddTicks(sequence * TimeSpan.TicksPerMicrosecond);
        var payload = new byte[16];
        BinaryPrimitives.WriteInt64BigEndian(payload, Head.ModSeq);
        var hash = EventHash.Compute(Head.LastEventHash, Account, sequence, at, type, payload);
        var write = new EventWrite(sequence, type, at, Head.LastEventHash, hash, payload);
        Head = Head with { EventSequence = sequence, LastEventHash = hash };
        return write;
    }

    private readonly record struct Entry(EmailId Email, MessageFlags Flags, long ModSeq, uint Size);
}
