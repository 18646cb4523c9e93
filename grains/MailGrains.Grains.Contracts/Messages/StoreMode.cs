namespace MailGrains.Grains.Contracts.Messages;

public enum StoreMode
{
    Replace,
    Add,
    Remove,
}
