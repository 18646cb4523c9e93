using MailGrains.Grains.Contracts.Folders;
using MailGrains.Grains.Contracts.Messages;
using MailGrains.Grains.Contracts.Sessions;
using MailGrains.Model;
using Orleans;
using Orleans.Concurrency;

namespace MailGrains.Grains.Contracts.Mailboxes;

/// <summary>
/// One account's mailbox; the key is the account's id. The single writer of its folders, messages and flags, and the home of its
/// sessions. Whatever a call returns as done is durable, with its event; nobody is shown a UID, MODSEQ or flag that a crash could take back.
/// Calls fail with <see cref="MailboxException"/>; its code says what the client is to be told.
/// </summary>
public interface IMailboxGrain : IGrainWithGuidKey
{
    // --- Sessions -----------------------------------------------------------------------------------------------------------

    /// <summary>
    /// Opens a session (again, after a failover: the same id replaces the old one). The observer gets hints while the session has
    /// a folder selected. The Login event is ordered before everything the session does, and durable no later than that.
    /// Refused with <see cref="MailboxError.Limit"/> when the user has too many sessions, over all frontends; with
    /// <see cref="MailboxError.Disabled"/> when the account that acts is disabled or deleted; and with
    /// <see cref="MailboxError.UnknownSession"/> when this session was closed before, or was opened under a higher number.
    /// </summary>
    Task OpenSessionAsync(SessionId session, SessionOrigin origin, IMailboxObserver? observer);

    /// <summary>The client has said what it is: the session's events tell it from now on.</summary>
    /// <param name="clientId">As of <see cref="SessionOrigin.ClientId"/>.</param>
    Task IdentifySessionAsync(SessionId session, string clientId);

    /// <summary>Ends a session; for two minutes it cannot be opened then, not even by a call made earlier that comes late.</summary>
    Task CloseSessionAsync(SessionId session);

    /// <summary>Selects a folder (SELECT, EXAMINE); a folder selected before is left without expunge, also when this is refused.</summary>
    [AlwaysInterleave]
    Task<SelectedFolder> SelectAsync(SessionId session, SelectRequest request);

    /// <summary>Leaves the selected folder without expunge (UNSELECT).</summary>
    [AlwaysInterleave]
    Task UnselectAsync(SessionId session);

    /// <summary>What changed in the selected folder since the session was last told (NOOP, IDLE, end of any command).</summary>
    [AlwaysInterleave]
    Task<SessionUpdates> SyncAsync(SessionId session, UpdateScope scope);

    // --- Messages of the selected folder ------------------------------------------------------------------------------------

    /// <summary>
    /// The index entries a set names, numbered as the session sees them, and what else changed. Sequence numbers stay valid for the rows: expunges, where
    /// the scope allows them, are to be reported after the rows.
    /// </summary>
    [AlwaysInterleave]
    Task<RowsResult> RowsAsync(SessionId session, RowsRequest request);

    /// <summary>Changes flags (STORE, RFC 7162 UNCHANGEDSINCE); durable on return.</summary>
    Task<StoreResult> StoreAsync(SessionId session, StoreRequest request);

    /// <summary>Removes messages that are \Deleted, all or those in the request's UIDs (EXPUNGE, UID EXPUNGE, CLOSE); durable on return.</summary>
    Task<ExpungeResult> ExpungeAsync(SessionId session, ExpungeRequest request);

    /// <summary>
    /// Copies or moves messages to another folder of this mailbox, all of them in one transaction or none; durable on return. Repeating an operation
    /// id gives the first result.
    /// </summary>
    Task<CopyResult> CopyAsync(SessionId session, CopyRequest request);

    // --- New messages -------------------------------------------------------------------------------------------------------

    /// <summary>
    /// Says by exception whether an append of this size to this folder would be refused, before it is uploaded. One refused for quota is told to the log, as
    /// refused messages are.
    /// </summary>
    [AlwaysInterleave]
    Task CheckAppendAsync(SessionId session, string path, long octets);

    /// <summary>Adds messages to a folder, all or none (APPEND, MULTIAPPEND); durable on return. Repeating an operation id gives the first result.</summary>
    Task<AppendResult> AppendAsync(AppendRequest request);

    /// <summary>
    /// Delivers one message; durable on return. The operation id is remembered for 7 days: a repetition gives the first result and
    /// stores nothing.
    /// </summary>
    Task<DeliveryResult> DeliverAsync(Delivery delivery);

    // --- Folders ------------------------------------------------------------------------------------------------------------

    /// <summary>All folders and subscriptions; pattern matching is the caller's.</summary>
    [AlwaysInterleave]
    Task<FolderTree> ListAsync();

    /// <summary>Counters of folders by path; null where there is none.</summary>
    [AlwaysInterleave]
    Task<FolderStatusList> StatusAsync(FolderPaths paths);

    /// <summary>Creates a folder and the levels above it that are missing; durable on return. Repeating an operation id gives the first result.</summary>
    Task<FolderInfo> CreateFolderAsync(SessionId session, string path, string? specialUse, BlobId? operation = null);

    /// <summary>Creates a folder and the levels above it that are missing, unless it is there, for somebody without a session; durable on return.</summary>
    Task EnsureFolderAsync(string path, SessionOrigin by);

    /// <summary>
    /// Deletes a folder with its messages. One with folders below it stays as a name that can't be selected (RFC 9051 section 6.3.5). Repeating an
    /// operation id does nothing.
    /// </summary>
    Task DeleteFolderAsync(SessionId session, string path, BlobId? operation = null);

    /// <summary>
    /// Renames a folder and those below it; INBOX's messages move to the new folder (RFC 9051 section 6.3.6). Repeating an operation id does nothing.
    /// </summary>
    Task RenameFolderAsync(SessionId session, string from, string to, BlobId? operation = null);

    /// <summary>Adds or removes a subscription; the folder need not exist.</summary>
    Task SubscribeAsync(SessionId session, string path, bool subscribed);

    // --- Administration -----------------------------------------------------------------------------------------------------

    /// <summary>Totals of the whole mailbox.</summary>
    [AlwaysInterleave]
    Task<MailboxTotals> TotalsAsync();

    /// <summary>Where the mailbox is open and how it fares there. Opens it when it is not.</summary>
    [AlwaysInterleave]
    Task<MailboxActivation> LocateAsync();

    /// <summary>Recomputes all counters from the messages themselves; true when one was wrong. Durable on return.</summary>
    Task<bool> RecountAsync();

    /// <summary>Appends an event about the account itself to the mailbox's log; durable on return.</summary>
    Task RecordAsync(AccountEvent happened);

    /// <summary>Ends all sessions, telling each the reason (account disabled or deleted).</summary>
    Task EvictSessionsAsync(string reason);

    /// <summary>Ends the sessions whose login is in this domain, telling each the reason.</summary>
    Task EvictDomainAsync(string domain, string reason);
}
