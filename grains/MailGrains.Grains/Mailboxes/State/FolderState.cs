using MailGrains.Model;
using MailGrains.Model.Columns;
using MailGrains.Storage.Mailboxes;

namespace MailGrains.Grains.Mailboxes.State;

/// <summary>A folder at one moment.</summary>
/// <param name="StateId">Of the row; computed when it is read, made or renamed, and not for each message that comes.</param>
internal sealed record FolderState(FolderRow Row, FolderMessages Messages, FolderStateId StateId)
{
    public static FolderState Of(AccountId owner, FolderRow row, FolderMessages messages) => new(row, messages, FolderStateId.Of(owner, row));

    /// <summary>True when new messages can be added: the page they go to is in memory.</summary>
    public bool HasTail => Messages.FirstLoaded <= MessagePage.NumberOf(Row.UidNext);
}
