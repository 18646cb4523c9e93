using System.Data;
using MailGrains.Model;
using MailGrains.Model.Columns;
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
internal sealed class GroupBatch : GroupRows
{
    private readonly RowSet<(Owner, MailboxHead)> _heads = GroupTables.Heads();
    private readonly RowSet<(Owner, int)> _deletedFolders = GroupTables.DeletedFolders();
    private readonly RowSet<(Owner, FolderRow)> _folders = GroupTables.Folders();
    private readonly RowSet<(Owner, int, MessagePage)> _pages = GroupTables.Pages();
    private readonly RowSet<(Owner, EmailWrite)> _emails = GroupTables.Emails();
    private readonly RowSet<(Owner, long, int)> _references = GroupTables.References();
    private readonly RowSet<(Owner, ExpungeWrite)> _expunges = GroupTables.Expunges();
    private readonly RowSet<(Owner, int, string)> _keywords = GroupTables.Keywords();
    private readonly RowSet<(Owner, string, bool)> _subscriptions = GroupTables.Subscriptions();
    private readonly RowSet<(Owner, OperationWrite)> _operations = GroupTables.Operations();
    private readonly RowSet<(Owner, int, EventWrite)> _events = GroupTables.Events();
    private bool _releases, _forgets;

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

    public override void Clear()
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

    protected override void Add(Owner owner, MailboxHead head) => _heads.Add((owner, head));

    protected override void DeleteFolder(Owner owner, int folder) => _deletedFolders.Add((owner, folder));

    protected override void Add(Owner owner, FolderRow folder)
    {
        _folders.Add((owner, folder));
        _forgets |= folder.ExpungesForgottenTo > 0;
    }

    protected override void Add(Owner owner, int folder, MessagePage page) => _pages.Add((owner, folder, page));

    protected override void Add(Owner owner, EmailWrite email) => _emails.Add((owner, email));

    protected override void Add(Owner owner, ExpungeWrite expunge) => _expunges.Add((owner, expunge));

    protected override void Add(Owner owner, OperationWrite operation) => _operations.Add((owner, operation));

    protected override void Refer(Owner owner, long email, int delta)
    {
        if (delta == 0) return;
        _references.Add((owner, email, delta));
        _releases |= delta < 0;
    }

    protected override void Add(Owner owner, KeywordTable keywords)
    {
        for (var bit = 0; bit < keywords.Keywords.Length; bit++) _keywords.Add((owner, bit, keywords.Keywords[bit]));
    }

    protected override void Add(Owner owner, string path, bool subscribed) => _subscriptions.Add((owner, path, subscribed));

    protected override void Add(Owner owner, int partition, EventWrite write) => _events.Add((owner, partition, write));

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

    /// <summary>Joins the request if there are rows.</summary>
    private static void Add<T>(SqlParameterCollection parameters, string name, string type, RowSet<T> rows)
    {
        if (rows.Count == 0) return;
        var parameter = parameters.Add(name, SqlDbType.Structured);
        parameter.TypeName = type;
        parameter.Value = rows;
    }
}
