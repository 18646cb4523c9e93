using MailGrains.Model;
using Microsoft.Extensions.Logging;

namespace MailGrains.Grains;

/// <summary>Everything this project logs; event ids 3000–3099.</summary>
internal static partial class Log
{
    [LoggerMessage(3000, LogLevel.Debug, "Mailbox {Account} claimed under epoch {Epoch}")]
    public static partial void Claimed(ILogger logger, AccountId account, long epoch);

    [LoggerMessage(3001, LogLevel.Error, "Mailbox {Account} can't be claimed")]
    public static partial void ClaimFailed(ILogger logger, Exception failure, AccountId account);

    [LoggerMessage(3002, LogLevel.Warning, "Mailbox {Account} was taken over while held here under epoch {Epoch}")]
    public static partial void Fenced(ILogger logger, AccountId account, long epoch);

    [LoggerMessage(3003, LogLevel.Error, "A change of mailbox {Account} could not be made durable")]
    public static partial void CommitFailed(ILogger logger, Exception failure, AccountId account);

    [LoggerMessage(3004, LogLevel.Error, "Folder {Folder} of mailbox {Account} holds {Found} messages in the store, {Expected} by its counters")]
    public static partial void CountsDiffer(ILogger logger, AccountId account, FolderId folder, int found, int expected);

    [LoggerMessage(3005, LogLevel.Error, "Pages of mailbox {Account} can't be read")]
    public static partial void ReadFailed(ILogger logger, Exception failure, AccountId account);

    [LoggerMessage(3006, LogLevel.Warning, "An observer of mailbox {Account} can't be reached")]
    public static partial void ObserverFailed(ILogger logger, Exception failure, AccountId account);

    [LoggerMessage(3007, LogLevel.Error, "An act on account {Account} is done but not yet in the mailbox's log; it will be tried again")]
    public static partial void ActNotRecorded(ILogger logger, Exception failure, AccountId account);

    [LoggerMessage(3008, LogLevel.Warning, "An address can't be told that it changed; it will be known within half a minute")]
    public static partial void AddressNotTold(ILogger logger, Exception failure);

    [LoggerMessage(3009, LogLevel.Warning, "Acts that are owed to mailboxes' logs could not be brought there; they will be tried again")]
    public static partial void SweepFailed(ILogger logger, Exception failure);

    [LoggerMessage(3010, LogLevel.Information, "This silo is being emptied: {Mailboxes} mailboxes are open here")]
    public static partial void DrainBegan(ILogger logger, int mailboxes);

    [LoggerMessage(3011, LogLevel.Information, "This silo takes mailboxes again")]
    public static partial void DrainEnded(ILogger logger);

    [LoggerMessage(3012, LogLevel.Warning, "Silo {Silo} could not be told whether this one is being emptied")]
    public static partial void DrainNotTold(ILogger logger, Exception failure, SiloAddress silo);

    [LoggerMessage(3013, LogLevel.Warning, "This silo stops before all its mailboxes have moved")]
    public static partial void StoppedBeforeEmpty(ILogger logger);

    [LoggerMessage(3014, LogLevel.Warning, "The ends of the event log can't be read; trying again")]
    public static partial void HeadNotRead(ILogger logger, Exception failure);

    [LoggerMessage(3015, LogLevel.Error, "Events come for subscriber {Subscriber}, which this silo's configuration doesn't have")]
    public static partial void UnknownSubscriber(ILogger logger, string subscriber);

    [LoggerMessage(3016, LogLevel.Warning, "Not all subscribers could be woken; trying again in half a minute")]
    public static partial void NotNudged(ILogger logger, Exception failure);

    [LoggerMessage(3017, LogLevel.Information, "Retention waits: {Outcome}")]
    public static partial void RetentionWaits(ILogger logger, Records.Retention.PurgeOutcome outcome);

    [LoggerMessage(3018, LogLevel.Warning, "Retention failed; it goes on in some minutes")]
    public static partial void RetentionFailed(ILogger logger, Exception failure);

    [LoggerMessage(3019, LogLevel.Warning, "A hold of case {Case} was released, but a mailbox has not been told; trying again")]
    public static partial void ReleaseNotTold(ILogger logger, Exception failure, CaseId @case);

    [LoggerMessage(3020, LogLevel.Error, "Retention let go of {Count} messages of mailbox {Account}; its log could not be told, and is told later")]
    public static partial void PurgeNotTold(ILogger logger, Exception failure, AccountId account, int count);

    [LoggerMessage(3021, LogLevel.Error, "{Count} messages came back while their text left the index: searches tell of them as not indexed")]
    public static partial void TextLost(ILogger logger, int count);

    [LoggerMessage(3022, LogLevel.Warning, "The text of messages that retention let go stays in the index until that has caught up; see 'subscriber list'")]
    public static partial void TextsStay(ILogger logger);

    [LoggerMessage(3023, LogLevel.Error, "Blocking subscriber {Subscriber} has not handled event {Position} of partition {Partition} within {Timeout}; "
        + "until it has, changes there are answered at once: {Answer}")]
    public static partial void SubscriberAway(
        ILogger logger, string subscriber, int partition, long position, TimeSpan timeout, MailGrains.Subscribers.TimeoutAnswer answer);

    [LoggerMessage(3024, LogLevel.Information, "Blocking subscriber {Subscriber} is back in partition {Partition}")]
    public static partial void SubscriberBack(ILogger logger, string subscriber, int partition);

    [LoggerMessage(3025, LogLevel.Information, "{Bodies} unused bodies deleted, {Octets} octets")]
    public static partial void BodiesDeleted(ILogger logger, int bodies, long octets);

    [LoggerMessage(3026, LogLevel.Warning, "Unused bodies could not be collected; trying again in a minute")]
    public static partial void BodyCollectionFailed(ILogger logger, Exception failure);

    [LoggerMessage(3027, LogLevel.Error, "A change of groups, roles or domains is done but not yet in the directory's log; it will be tried again")]
    public static partial void ChangeNotRecorded(ILogger logger, Exception failure);

    [LoggerMessage(3028, LogLevel.Warning, "The directory's log can't be written now; what is owed to it will be tried again")]
    public static partial void DirectorySweepFailed(ILogger logger, Exception failure);

    [LoggerMessage(3029, LogLevel.Warning, "The classes of body {Blob} are not known: it is damaged; what a rule of retention asks for classes is kept")]
    public static partial void ClassesUnknown(ILogger logger, Exception failure, BlobId blob);

    [LoggerMessage(3030, LogLevel.Warning, "Session {Session} reads messages of mailbox {Account}, which can't be written to its log now")]
    public static partial void AccessNotTold(ILogger logger, AccountId account, Guid session);

    [LoggerMessage(3040, LogLevel.Warning, "Silo {Silo} could not be told that domain {Domain} was changed; it knows within half a minute")]
    public static partial void DomainNotTold(ILogger logger, Exception failure, string domain, SiloAddress silo);

    [LoggerMessage(3041, LogLevel.Warning, "Sessions of mailbox {Mailbox} in domain {Domain}, which was disabled, may still be open")]
    public static partial void SessionsNotEnded(ILogger logger, Exception failure, string domain, GrainId mailbox);
}
