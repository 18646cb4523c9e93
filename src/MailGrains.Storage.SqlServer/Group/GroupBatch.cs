using System.Data;
using MailGrains.Storage.Commit;
using MailGrains.Storage.Events;
using MailGrains.Storage.Mailboxes;
using MailGrains.Storage.Relational.Group;
using MailGrains.Storage.SqlServer.Tables;
using Microsoft.Data.SqlClient;

namespace MailGrains.Storage.SqlServer.Group;

/// <summary>
/// The rows of one group commit, filled anew for each, and the batch that writes them. In its order:
/// <list type="number">
/// <item>the heads, each under its epoch: those that are not written are fenced, and their rows fall away in all that follows;</item>
/// <item>folders and pages;</item>
/// <item>bodies' counters, contents, references;</item>
/// <item>the small tables;</item>
/// <item>last, the events of the whole group, so that positions follow commits and partitions are locked as shortly as can be.</item>
/// </list>
/// </summary>
internal sealed class GroupBatch
{
    private readonly ShareContents _contents = new();
    private readonly RowSet<(Owner, MailboxHead)> _heads = GroupTables.Heads();
    private readonly RowSet<(Owner, int)> _deletedFolders = GroupTables.DeletedFolders();
    private readonly RowSet<(Owner, FolderRow)> _folders = GroupTables.Folders();
    private readonly RowSet<(Owner, int, Model.Columns.MessagePage)> _pages = GroupTables.Pages();
    private readonly RowSet<(Owner, EmailWrite)> _emails = GroupTables.Emails();
    private readonly RowSet<(Owner, long, int)> _references = GroupTables.References();
    private readonly RowSet<(Owner, ExpungeWrite)> _expunges = GroupTables.Expunges();
    private readonly RowSet<(Owner, int, string)> _keywords = GroupTables.Keywords();
    private readonly RowSet<(Owner, string, bool)> _subscriptions = GroupTables.Subscriptions();
    private readonly RowSet<(Owner, OperationWrite)> _operations = GroupTables.Operations();
    private readonly RowSet<(Owner, int, EventWrite)> _events = GroupTables.Events();
    private bool _releases, _forgets;

    /// <param name="shares">Those whose mailbox there is; the others are fenced.</param>
    public void Fill(IReadOnlyList<MailboxCommit> group, int[] shareOf, List<MailboxShare> shares, int partitions)
    {
        Clear();
        foreach (var share in shares)
        {
            if (share.Mailbox is { } mailbox) Fill(new Owner(mailbox, share.Epoch), share.Commits);
        }

        for (var i = 0; i < group.Count; i++)
        {
            if (shares[shareOf[i]] is not { Mailbox: { } mailbox } share || group[i].Events.Count == 0) continue;
            var partition = EventPartition.Of(share.Account, partitions);
            foreach (var write in group[i].Events) _events.Add((new Owner(mailbox, share.Epoch), partition, write));
        }
    }

    public SqlCommand ToCommand(Guid writer, long generation, long number)
    {
        var command = new SqlCommand(GroupText.Of(Statements()));
        var parameters = command.Parameters;
        parameters.Add("@writer", SqlDbType.UniqueIdentifier).Value = writer;
        parameters.Add("@generation", SqlDbType.BigInt).Value = generation;
        parameters.Add("@number", SqlDbType.BigInt).Value = number;
        Add(parameters, "@heads", "mailgrains.head_rows", _heads);
        Add(parameters, "@deleted_folders", "mailgrains.deleted_folder_rows", _deletedFolders);
        Add(parameters, "@folders", "mailgrains.folder_rows", _folders);
        Add(parameters, "@pages", "mailgrains.page_rows", _pages);
        Add(parameters, "@emails", "mailgrains.email_rows", _emails);
        Add(parameters, "@references", "mailgrains.reference_rows", _references);
        Add(parameters, "@expunges", "mailgrains.expunge_rows", _expunges);
        Add(parameters, "@keywords", "mailgrains.keyword_rows", _keywords);
        Add(parameters, "@subscriptions", "mailgrains.subscription_rows", _subscriptions);
        Add(parameters, "@operations", "mailgrains.operation_rows", _operations);
        Add(parameters, "@events", "mailgrains.event_rows", _events);
        return command;
    }

    /// <summary>Lets go of the group's memory.</summary>
    public void Clear()
    {
        (_releases, _forgets) = (false, false);
        _heads.Clear();
        _deletedFolders.Clear();
        _folders.Clear();
        _pages.Clear();
        _emails.Clear();
        _references.Clear();
        _expunges.Clear();
        _keywords.Clear();
        _subscriptions.Clear();
        _operations.Clear();
        _events.Clear();
    }

    private GroupParts Statements() =>
        (_deletedFolders.Count > 0 ? GroupParts.DeleteFolders : 0)
        | (_folders.Count > 0 ? GroupParts.WriteFolders : 0)
        | (_pages.Count > 0 ? GroupParts.WritePages : 0)
        | (_releases && _emails.Count > 0 ? GroupParts.LockBodies : 0)
        | (_emails.Count > 0 ? GroupParts.UseBodies | GroupParts.WriteEmails : 0)
        | (_references.Count > 0 ? GroupParts.ChangeReferences : 0)
        | (_expunges.Count > 0 ? GroupParts.AddExpunges : 0)
        | (_forgets ? GroupParts.ForgetExpunges : 0)
        | (_keywords.Count > 0 ? GroupParts.WriteKeywords : 0)
        | (_subscriptions.Count > 0 ? GroupParts.WriteSubscriptions : 0)
        | (_operations.Count > 0 ? GroupParts.AddOperations : 0)
        | (_events.Count > 0 ? GroupParts.AddEvents : 0);

    private void Fill(Owner owner, List<MailboxCommit> commits)
    {
        _contents.Gather(commits);
        _heads.Add((owner, commits[^1].Head));
        foreach (var folder in _contents.DeletedFolders) _deletedFolders.Add((owner, folder));
        foreach (var folder in _contents.Folders.Values)
        {
            _folders.Add((owner, folder));
            _forgets |= folder.ExpungesForgottenTo > 0;
        }

        foreach (var (key, page) in _contents.Pages) _pages.Add((owner, key.Folder, page));
        foreach (var commit in commits)
        {
            foreach (var email in commit.Emails) _emails.Add((owner, email));
            foreach (var expunge in commit.Expunges)
            {
                if (_contents.Keeps(expunge)) _expunges.Add((owner, expunge));
            }

            foreach (var operation in commit.Operations) _operations.Add((owner, operation));
        }

        foreach (var (email, delta) in _contents.References) Refer(owner, email, delta);
        for (var bit = 0; bit < (_contents.Keywords?.Keywords.Length ?? 0); bit++) _keywords.Add((owner, bit, _contents.Keywords!.Keywords[bit]));
        foreach (var (path, subscribed) in _contents.Subscriptions) _subscriptions.Add((owner, path, subscribed));
    }

    private void Refer(Owner owner, long email, int delta)
    {
        if (delta == 0) return;
        _references.Add((owner, email, delta));
        _releases |= delta < 0;
    }

    /// <summary>Joins the request if there are rows.</summary>
    private static void Add<T>(SqlParameterCollection parameters, string name, string type, RowSet<T> rows)
    {
        if (rows.Count == 0) return;
        var parameter = parameters.Add(name, SqlDbType.Structured);
        parameter.TypeName = type;
        parameter.Value = rows;
    }
}
