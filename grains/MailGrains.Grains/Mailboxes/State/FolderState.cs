using MailGrains.Model.Columns;
using MailGrains.Storage.Mailboxes;

namespace MailGrains.Grains.Mailboxes.State;

/// <summary>A folder at one moment.</summary>
internal sealed record FolderState(FolderRow Row, FolderMessages Messages)
{
    /// <summary>True when new messages can be added: the page they go to is in memory.</summary>
    public bool HasTail => Messages.FirstLoaded <= MessagePage.NumberOf(Row.UidNext);
}
