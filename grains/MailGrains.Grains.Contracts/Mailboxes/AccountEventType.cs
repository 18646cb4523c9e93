namespace MailGrains.Grains.Contracts.Mailboxes;

/// <summary>The events about an account; their names are those in the log.</summary>
public enum AccountEventType
{
    LoginFailed,
    AccountCreate,
    AccountPasswordChange,
    AccountDisable,
    AccountEnable,
    AccountDelete,
    AddressAdd,
    AddressRemove,
}
