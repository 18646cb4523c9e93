using MailGrains.Evidence.Proofs;
using MailGrains.Evidence.Retention;
using MailGrains.Evidence.Signing;
using MailGrains.Evidence.TimeStamps;
using MailGrains.Storage.Events;
using MailGrains.Storage.Records;
using MailGrains.Storage.Subscribers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MailGrains.Frontends.Http.Evidence;

/// <summary>The signer of the log and what uses it; nothing where there is no key.</summary>
internal static class EvidenceServices
{
    private static readonly TimeSpan AuthorityTimeout = TimeSpan.FromSeconds(30);

    public static void AddEvidence(this IServiceCollection services, EvidenceFiles files)
    {
        services.AddSingleton(files);
        services.AddSingleton<EvidenceEndpoints>();
        services.AddSingleton<ProofEndpoints>();
        if (files.Key is not { } key) return;
        services.AddSingleton(provider => new LogSigner(
            provider.GetRequiredService<IEventLog>(),
            key,
            files.Folders,
            files.Shared,
            provider.GetService<TimeProvider>() ?? TimeProvider.System,
            provider.GetRequiredService<ILogger<LogSigner>>(),
            provider.GetService<IEventRetention>()));
        services.AddSingleton<EventProver>();
        services.AddSingleton(provider => new CheckpointRounds(
            provider.GetRequiredService<LogSigner>(),
            files.TimeStampAuthority is { } authority ? new TimeStamper(new HttpClient { Timeout = AuthorityTimeout }, authority) : null,
            files.CheckpointEvery,
            provider.GetService<TimeProvider>() ?? TimeProvider.System,
            provider.GetRequiredService<ILogger<CheckpointRounds>>()));
        services.AddHostedService(provider => new CheckpointTimer(
            provider.GetRequiredService<CheckpointRounds>(), provider.GetService<TimeProvider>() ?? TimeProvider.System));
        if (files.Retention is { } retention && services.Any(s => s.ServiceType == typeof(ISubscriberStore))) services.AddLogRetention(retention);
    }

    /// <summary>Silos remove events; nodes without grains only know that it is done.</summary>
    private static void AddLogRetention(this IServiceCollection services, LogRetentionOptions options)
    {
        services.AddSingleton(provider =>
        {
            var store = provider.GetRequiredService<IEventRetention>();
            return new LogRetention(
                provider.GetRequiredService<LogSigner>(),
                provider.GetRequiredService<IEventLog>(),
                store,
                provider.GetRequiredService<ISubscriberStore>(),
                new RetentionClock(store, provider.GetService<TimeProvider>() ?? TimeProvider.System) { IsShared = true },
                options,
                provider.GetRequiredService<ILogger<LogRetention>>());
        });
        services.AddHostedService(provider => new LogRetentionTimer(
            provider.GetRequiredService<LogRetention>(), options.Every, provider.GetService<TimeProvider>() ?? TimeProvider.System));
    }
}
