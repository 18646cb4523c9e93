using MailGrains.Records;
using MailGrains.Records.Retention;
using MailGrains.Storage.Bodies;
using MailGrains.Storage.Events;
using MailGrains.Storage.Records;
using MailGrains.Storage.Subscribers;
using Microsoft.Extensions.DependencyInjection;

namespace MailGrains.Grains.Archive;

/// <summary>The archive on a silo, beside its two subscribers: bodies are kept as long as it refers to them, and retention lets go of it in time.</summary>
public static class ArchiveHosting
{
    /// <param name="names">The names under which the handlers of the records and of the index read the log.</param>
    public static IServiceCollection AddArchive(
        this IServiceCollection services, IRecordStore store, IContentIndex? index, RetentionPolicy policy, (string Records, string Texts) names)
    {
        services.AddSingleton<IRecordReader>(store);
        services.AddSingleton<IRetentionStore>(store);
        if (index is not null) services.AddIndex(index, names.Texts);
        services.AddSingleton(provider => new RecordsLag(
            names.Records, store, provider.GetRequiredService<IEventLog>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(policy);
        services.AddSingleton<IRetentionAccounts, DirectoryAccounts>();
        services.AddSingleton<IMessageClasses, BodyClasses>();
        services.AddSingleton(provider => new RetentionClock(store, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<RetentionPass>();
        services.AddSingleton<PurgesToTell>();
        services.AddSingleton<IBodyRetention, RecordedBodies>();
        services.AddHostedService<RetentionTicks>();
        return services;
    }

    private static void AddIndex(this IServiceCollection services, IContentIndex index, string name)
    {
        services.AddSingleton(index);
        services.AddSingleton(provider =>
        {
            var (log, time) = (provider.GetRequiredService<IEventLog>(), provider.GetRequiredService<TimeProvider>());
            return new PurgedTexts(
                provider.GetRequiredService<IRetentionStore>(),
                index,
                provider.GetRequiredService<RecordsLag>(),
                new LogLag(cancellation => PositionsAsync(provider.GetRequiredService<ISubscriberStore>(), name, cancellation), log, time));
        });
    }

    /// <summary>Those of the subscriber, and not the index's own: it is only told of some events, and does not move with the others.</summary>
    private static async Task<IReadOnlyDictionary<int, long>> PositionsAsync(ISubscriberStore positions, string name, CancellationToken cancellation) =>
        (await positions.ListSubscribersAsync(cancellation)).Where(s => s.Subscriber == name).ToDictionary(s => s.Partition, s => s.Position);
}
