using MailGrains.Compliance;
using MailGrains.Grains.Archive;
using MailGrains.Grains.Bodies;
using MailGrains.Grains.Directory;
using MailGrains.Grains.Mailboxes;
using MailGrains.Grains.Streams;
using MailGrains.Hosting;
using MailGrains.Hosting.Settings;
using MailGrains.Hosting.Stores;
using MailGrains.Storage.Bodies;
using MailGrains.Storage.Commit;
using MailGrains.Storage.Events;

namespace MailGrains.Silo;

/// <summary>A silo: grains, the committer, and whatever frontends have a listener.</summary>
internal sealed class SiloRole : INodeRole
{
    public string Description => "IMAP, LMTP, storage and administration in one process, alone or as a silo of a cluster.";

    public string Usage => "./run";

    public StoreUse Use => StoreUse.Everything;

    public void Add(WebApplicationBuilder builder, NodeSettings settings, NodeStores stores)
    {
        builder.Host.UseOrleans(silo =>
        {
            silo.Join(settings, stores);
            silo.AddSubscribers([.. settings.Subscribers, .. stores.Archive?.Subscribers(stores.Events) ?? []]);
        });
        stores.AddAll(builder.Services);
        if (stores.UnusedBodies is { } unused) builder.Services.AddBodyCollection(unused, settings.CollectAfter);
        if (stores.Archive is { } archive)
            builder.Services.AddArchive(archive.Records, archive.Contents, settings.Retention, (ArchiveSubscribers.Records, ArchiveSubscribers.FullText));
        else
            builder.Services.AddSingleton<IBodyRetention>(new SwitchedOffArchive(stores.Subscribers));
        builder.Services.AddChangelog(settings, stores.Archive);
        builder.Services.AddSingleton<EventSignal>();
        builder.Services.AddSingleton<Committer>();
        builder.Services.AddSingleton<ICommitter>(services => services.GetRequiredService<Committer>());
        builder.Services.AddHostedService<CommitterFarewell>();
        builder.Services.AddMailboxGrains();
        builder.Services.Configure<MailboxLimits>(limits =>
        {
            limits.MaxMessageSize = settings.MessageSize;
            limits.QuotaBytes = settings.QuotaBytes;
            limits.QuotaMessages = settings.QuotaMessages;
            limits.MaxSessions = settings.ImapSessionsPerUser;
        });
        builder.Services.Configure<MailboxAudit>(audit => audit.MessageAccess = Enum.Parse<AccessAudit>(settings.AuditMessageAccess, ignoreCase: true));
        if (stores.IsShared && settings.IsOpenToStrangers())
            builder.Services.AddHostedService(services => ActivatorUtilities.CreateInstance<OpenClusterWarning>(services, settings));
        builder.Services.AddHostedService<MembershipWatch>();
        builder.Services.AddHostedService<OperationExpiry>();
        builder.Services.AddDirectorySweep(settings.EventLogKeepFor);
        builder.Services.AddDrainBeforeStop();
    }
}
