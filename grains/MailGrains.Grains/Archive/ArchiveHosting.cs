using MailGrains.Records;
using MailGrains.Records.Retention;
using MailGrains.Storage.Bodies;
using MailGrains.Storage.Events;
using MailGrains.Storage.Records;
using Microsoft.Extensions.DependencyInjection;

namespace MailGrains.Grains.Archive;

/// <summary>The archive on a silo, beside its two subscribers: bodies are kept as long as it refers to them, and retention lets go of it in time.</summary>
public static class ArchiveHosting
{
    /// <param name="records">The name under which the records' handler reads the log.</param>
    public static IServiceCollection AddArchive(
        this IServiceCollection services, IRecordStore store, IContentIndex? index, RetentionPolicy policy, string records)
    {
        services.AddSingleton<IRecordReader>(store);
        services.AddSingleton<IRetentionStore>(store);
        if (index is not null) services.AddSingleton(index);
        services.AddSingleton(provider => new RecordsLag(
            records, store, provider.GetRequiredService<IEventLog>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(policy);
        services.AddSingleton<IRetentionAccounts, DirectoryAccounts>();
        services.AddSingleton(provider => new RetentionClock(store, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<RetentionPass>();
        services.AddSingleton<IBodyRetention, RecordedBodies>();
        services.AddHostedService<RetentionTicks>();
        return services;
    }
}
