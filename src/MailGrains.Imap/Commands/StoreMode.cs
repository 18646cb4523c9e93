namespace MailGrains.Imap.Commands;

/// <summary>FLAGS, +FLAGS, −FLAGS.</summary>
public enum StoreMode
{
    Replace,
    Add,
    Remove,
}
