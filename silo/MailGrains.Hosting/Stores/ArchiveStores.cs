using MailGrains.Changelog.Indexing;
using MailGrains.Compliance;
using MailGrains.Compliance.Indexing;
using MailGrains.Records;
using MailGrains.Storage.Events;
using MailGrains.Storage.Records;
using MailGrains.Subscribers;

namespace MailGrains.Hosting.Stores;

/// <summary>Where the archive keeps what it knows.</summary>
/// <param name="Contents">null: without full text.</param>
/// <param name="Objects">null: without the changelog of groupware objects.</param>
public sealed record ArchiveStores(IRecordStore Records, IContentIndex? Contents, IGroupwareIndex? Objects)
{
    /// <summary>Those who fill it. They begin with the log, so that an archive that comes later has everything.</summary>
    public IEnumerable<Subscriber> Subscribers(IEventLog log)
    {
        // Holds and retention wait for the record, and what it needs of an event is small.
        yield return new Subscriber(new RecordsHandler(ArchiveSubscribers.Records, Records, log)) { BatchSize = 2000, LongestRest = TimeSpan.FromSeconds(2) };
        if (Contents is not null) yield return new Subscriber(new IndexHandler(ArchiveSubscribers.FullText, Contents));
        if (Objects is not null) yield return new Subscriber(new ChangelogHandler(Objects));
    }
}
