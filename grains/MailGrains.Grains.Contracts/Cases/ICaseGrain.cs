using System.Collections.Immutable;
using Orleans;

namespace MailGrains.Grains.Contracts.Cases;

/// <summary>
/// An e-discovery case; the key is its id. Everything that is done in it is an event of its log, and the log is all there is: what this grain knows it has read
/// there. Whatever a call returns as done is durable. Who may do what is the caller's to check; each act is written with who did it. Every call may be repeated
/// with the same <see cref="CaseAct"/>: it is written once.
/// </summary>
/// <remarks>What is refused throws a <see cref="CaseException"/>.</remarks>
public interface ICaseGrain : IGrainWithGuidKey
{
    /// <summary>The case as it is; null: there is none.</summary>
    Task<CaseState?> FindAsync();

    /// <summary>The case as it was after an event of its log; null: it was not opened yet.</summary>
    Task<CaseState?> FindAsOfAsync(long sequence);

    /// <summary>Opens the case.</summary>
    Task<CaseState> CreateAsync(NewCase created, CaseAct act);

    /// <summary>Closes the case, whose holds must have been released.</summary>
    Task<CaseState> CloseAsync(CaseAct act);

    /// <summary>Adds accounts whose mail the case is about; those that are custodians already stay as they are.</summary>
    Task<CaseState> AddCustodiansAsync(ImmutableArray<NewCustodian> custodians, CaseAct act);

    /// <summary>
    /// Holds mailboxes: from the hold's event in a mailbox's own log on, nothing that is in it, was archived of it or will come into it is removed for
    /// good; on return retention knows it. What is held stays so.
    /// </summary>
    /// <param name="custodians">Their numbers; empty: all.</param>
    Task<CaseState> HoldAsync(ImmutableArray<int> custodians, string reason, CaseAct act);

    /// <summary>Releases holds; in a case that wants two people for it, asks for it, until somebody else does the same.</summary>
    Task<CaseState> ReleaseAsync(ImmutableArray<int> custodians, string reason, CaseAct act);

    /// <summary>Writes down a search before its answer is shown.</summary>
    /// <returns>The search's number in the case.</returns>
    Task<int> RecordSearchAsync(CaseSearch search, CaseAct act);

    /// <summary>Writes down that somebody is about to be shown what a search could look at in part only. Also in a case that is closed.</summary>
    Task RecordPartialAsync(int search, CaseAct act);

    /// <summary>Writes down that somebody is about to be shown the folders of a custodian, and who could read them.</summary>
    /// <param name="asOf">The moment that was asked for; null: now.</param>
    /// <param name="sequence">The last event of the mailbox that counted.</param>
    Task RecordFoldersAsync(int custodian, DateTimeOffset? asOf, long sequence, CaseAct act);

    /// <summary>Writes down that a message is about to be shown.</summary>
    Task RecordViewAsync(ItemId item, CaseAct act);

    /// <summary>Puts a tag on messages, or takes it off.</summary>
    Task<CaseState> TagAsync(string tag, ImmutableArray<ItemId> items, bool tagged, CaseAct act);

    /// <summary>Writes down an export before it is handed out.</summary>
    /// <returns>The export's number in the case.</returns>
    Task<int> RecordExportAsync(CaseExport export, CaseAct act);

    /// <summary>Writes down that the files of an export are about to be handed out. Also in a case that is closed.</summary>
    Task RecordFetchAsync(int export, CaseAct act);
}
