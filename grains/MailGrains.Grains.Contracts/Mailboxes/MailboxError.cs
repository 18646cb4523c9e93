namespace MailGrains.Grains.Contracts.Mailboxes;

/// <summary>Why a call failed; frontends turn it into their protocol's code (RFC 9051 section 7.1, RFC 3463).</summary>
public enum MailboxError
{
    /// <summary>No such folder (NONEXISTENT; TRYCREATE for the target of APPEND, COPY, MOVE).</summary>
    NonExistent,

    AlreadyExists,

    /// <summary>The name or the operation can never succeed (CANNOT).</summary>
    Cannot,

    NoPermission,

    /// <summary>OVERQUOTA.</summary>
    OverQuota,

    /// <summary>A count limit, e.g. of keywords or folders (LIMIT).</summary>
    Limit,

    /// <summary>TOOBIG.</summary>
    TooBig,

    /// <summary>A set names a message that another session has expunged (EXPUNGEISSUED).</summary>
    ExpungeIssued,

    /// <summary>The session selected no folder, or the folder it had selected is gone.</summary>
    NotSelected,

    /// <summary>The folder is open read-only (EXAMINE).</summary>
    ReadOnly,

    /// <summary>The activation does not know the session: open it again.</summary>
    UnknownSession,

    /// <summary>Temporary: the store can't do this now and nothing was done (UNAVAILABLE, 4.3.0).</summary>
    Unavailable,

    /// <summary>Temporary: another node took over while the call ran; nothing was done, call again.</summary>
    Moved,

    /// <summary>
    /// Temporary: the change is made, durable and shown to others, but a blocking subscriber has not handled it in time. The same call under the same operation
    /// id does nothing again and succeeds once it has (UNAVAILABLE, 4.3.0).
    /// </summary>
    Unconfirmed,

    /// <summary>The account is disabled or deleted.</summary>
    Disabled,

    /// <summary>
    /// Temporary: whether the call was carried out is not known. Nobody may be told that nothing was done; the same call under the same operation id is safe.
    /// </summary>
    Uncertain,
}
