namespace MailGrains.Views;

/// <summary>
/// The types of what a picture of a mailbox is shown as (docs/subscribers.md): a folder, or a message as it was when the picture was taken. Nothing happened
/// then, so it has its place among the events of no day.
/// </summary>
public static class SnapshotTypes
{
    public const string Folder = "vnd.mailgrains.MailboxSnapshot";

    public const string Message = "vnd.mailgrains.FolderSnapshot";

    internal static bool Has(string type) => type is Folder or Message;
}
