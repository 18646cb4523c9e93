namespace MailGrains.Grains.Contracts.Mailboxes;

/// <summary>The events about an account, a case or the directory; their names are those in the log.</summary>
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

    /// <summary>A hold keeps what the mailbox has from being removed for good.</summary>
    HoldApplied,
    HoldReleased,

    /// <summary>Retention removed contents for good.</summary>
    RetentionExpired,

    /// <summary>Messages were brought back into the mailbox; each is in a MessageAppend too.</summary>
    Restored,

    /// <summary>The archive was searched, and this mailbox with it.</summary>
    SearchPerformed,
    ExportCreated,

    /// <summary>A case was opened; the first event of its log.</summary>
    CaseCreate,
    CaseClose,
    CustodianAdd,

    /// <summary>One of two officers wants a hold released.</summary>
    HoldReleaseAsked,

    /// <summary>An officer is shown a message.</summary>
    MessageAccessed,
    ItemsTagged,
    ItemsUntagged,

    /// <summary>An administrator got to see the octets of messages; in the directory's log, of all mailboxes.</summary>
    AdminAccess,

    /// <summary>An officer is given the files of an export.</summary>
    ExportFetched,

    /// <summary>How groups, roles and domains are, with the events that follow; the first event of the directory's log.</summary>
    DirectorySnapshot,
    GroupSnapshot,
    RoleSnapshot,
    DomainSnapshot,

    GroupCreate,
    GroupDelete,
    GroupMemberAdd,
    GroupMemberRemove,
    RoleGrant,
    RoleRevoke,
    DomainAdd,
    DomainDisable,
    DomainEnable,
    DomainRemove,

    /// <summary>A message for this mailbox was refused for good.</summary>
    MessageRejected,

    /// <summary>An officer is shown what a search could look at in part only.</summary>
    PartialListed,

    /// <summary>An officer is shown which folders a mailbox had, and who could read them.</summary>
    FoldersListed,
}
