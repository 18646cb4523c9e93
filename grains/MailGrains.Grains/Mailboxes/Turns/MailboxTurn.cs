using System.Collections.Immutable;
using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Grains.Contracts.Sessions;
using MailGrains.Grains.Mailboxes.State;
using MailGrains.Model;
using MailGrains.Model.Columns;
using MailGrains.Storage.Commit;
using MailGrains.Storage.Events;
using MailGrains.Storage.Mailboxes;

namespace MailGrains.Grains.Mailboxes.Turns;

/// <summary>
/// One change of a mailbox while it is being made: starts from a state, takes changes and events, and gives the state after it and the
/// commit that makes it durable. Lives within one synchronous stretch.
/// </summary>
internal sealed class MailboxTurn(MailboxState before, AccountId account, long epoch, TurnOrigin origin, MailboxLimits limits)
{
    private readonly MailboxState _before = before;
    private readonly List<FolderId> _touched = [];
    private readonly List<FolderId> _deleted = [];
    private readonly List<EventWrite> _events = [];
    private MailboxHead _head = before.Head;
    private bool _hasModSeq;

    public MailboxState State { get; private set; } = before;

    public AccountId Account => account;

    public TurnOrigin Origin => origin;

    public MailboxLimits Limits => limits;

    public MailboxHead Head => _head;

    /// <summary>The MODSEQ of everything this turn changes; taken on first use.</summary>
    public long ModSeq
    {
        get
        {
            if (!_hasModSeq) _head = _head with { ModSeq = _head.ModSeq + 1 };
            _hasModSeq = true;
            return _head.ModSeq;
        }
    }

    /// <summary>The highest MODSEQ given out so far, by this turn or before it.</summary>
    public long CurrentModSeq => _head.ModSeq;

    public bool IsEmpty => ReferenceEquals(State, _before) && _events.Count == 0 && _head == _before.Head;

    public IReadOnlyList<FolderId> Touched => _touched;

    public IReadOnlyList<EventWrite> Events => _events;

    public IReadOnlyList<FolderId> Deleted => _deleted;

    public List<EmailWrite> Emails { get; } = [];

    public List<EmailReferenceChange> References { get; } = [];

    public List<ExpungeWrite> Expunges { get; } = [];

    public List<SubscriptionWrite> Subscriptions { get; } = [];

    public List<OperationWrite> Operations { get; } = [];

    public FolderState Folder(FolderId id) => State.Folders[id];

    /// <exception cref="MailboxException">There is no such folder.</exception>
    public FolderState Folder(string path) => State.Find(path) ?? throw MailboxFault.NonExistent();

    public EmailId NextEmail()
    {
        _head = _head with { LastEmail = _head.LastEmail + 1 };
        return new EmailId(_head.LastEmail);
    }

    public FolderId NextFolder()
    {
        _head = _head with { LastFolder = _head.LastFolder + 1 };
        return new FolderId(_head.LastFolder);
    }

    /// <summary>From the clock, so that it grows even for a mailbox restored from an old backup, and above all given out before.</summary>
    public uint NextUidValidity()
    {
        var now = (uint)Math.Clamp(origin.At.ToUnixTimeSeconds(), 1, uint.MaxValue);
        _head = _head with { LastUidValidity = Math.Max(now, _head.LastUidValidity + 1) };
        return _head.LastUidValidity;
    }

    public void AddTotals(long messages, long bytes) =>
        _head = _head with { Messages = _head.Messages + messages, SizeBytes = _head.SizeBytes + bytes };

    /// <summary>Puts a folder in, new or changed.</summary>
    public void Set(FolderState folder)
    {
        if (!_touched.Contains(folder.Row.Id)) _touched.Add(folder.Row.Id);
        State = State with { Folders = State.Folders.SetItem(folder.Row.Id, folder) };
    }

    public void SetPaths(ImmutableSortedDictionary<string, FolderId> paths) => State = State with { Paths = paths };

    public void Remove(FolderState folder)
    {
        _deleted.Add(folder.Row.Id);
        _touched.Remove(folder.Row.Id);
        State = State with { Folders = State.Folders.Remove(folder.Row.Id), Paths = State.Paths.Remove(folder.Row.Path) };
    }

    public void SetKeywords(KeywordTable keywords) => State = State with { Keywords = keywords };

    public void SetSubscriptions(ImmutableSortedSet<string> subscriptions) => State = State with { Subscriptions = subscriptions };

    /// <summary>Appends an event; call it when what it tells of has been applied.</summary>
    public long AddEvent(string type, byte[] payload)
    {
        var sequence = _head.EventSequence + 1;
        var hash = EventHash.Compute(_head.LastEventHash, account, sequence, origin.At, type, payload);
        _events.Add(new EventWrite(sequence, type, origin.At, _head.LastEventHash, hash, payload));
        _head = _head with { EventSequence = sequence, LastEventHash = hash };
        return sequence;
    }

    /// <summary>Ends the turn.</summary>
    /// <param name="recentFrom">Where \Recent begins in a folder now.</param>
    public (MailboxState After, MailboxCommit Commit) Build(Func<FolderRow, uint> recentFrom)
    {
        State = State with { Head = _head };
        var rows = new FolderRow[_touched.Count];
        var pages = new List<PageWrite>();
        for (var i = 0; i < rows.Length; i++)
        {
            var folder = State.Folders[_touched[i]];
            var from = recentFrom(folder.Row);
            rows[i] = from > folder.Row.RecentFrom ? folder.Row with { RecentFrom = from } : folder.Row;
            AddPages(pages, folder);
        }

        return (State, Commit(rows, pages));
    }

    private MailboxCommit Commit(FolderRow[] rows, List<PageWrite> pages) => new()
    {
        Account = account,
        Epoch = epoch,
        Head = _head,
        Folders = rows,
        DeletedFolders = _deleted,
        Pages = pages,
        Emails = Emails,
        References = References,
        Expunges = Expunges,
        Keywords = ReferenceEquals(State.Keywords, _before.Keywords) ? null : State.Keywords,
        Subscriptions = Subscriptions,
        Operations = Operations,
        Events = _events,
    };

    private void AddPages(List<PageWrite> pages, FolderState folder)
    {
        var old = _before.Folders.TryGetValue(folder.Row.Id, out var was) ? was.Messages : FolderMessages.Empty;
        if (ReferenceEquals(old, folder.Messages)) return;
        foreach (var difference in FolderMessages.Between(old, folder.Messages))
            pages.Add(new PageWrite(folder.Row.Id, difference.New ?? PageEdit.Keep(difference.Old!, [])));
    }
}
