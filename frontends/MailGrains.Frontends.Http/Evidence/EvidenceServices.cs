using MailGrains.Evidence.Proofs;
using MailGrains.Evidence.Signing;
using MailGrains.Evidence.TimeStamps;
using MailGrains.Storage.Events;
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
            provider.GetRequiredService<ILogger<LogSigner>>()));
        services.AddSingleton<EventProver>();
        services.AddSingleton(provider => new CheckpointRounds(
            provider.GetRequiredService<LogSigner>(),
            files.TimeStampAuthority is { } authority ? new TimeStamper(new HttpClient { Timeout = AuthorityTimeout }, authority) : null,
            files.CheckpointEvery,
            provider.GetService<TimeProvider>() ?? TimeProvider.System,
            provider.GetRequiredService<ILogger<CheckpointRounds>>()));
        services.AddHostedService(provider => new CheckpointTimer(
            provider.GetRequiredService<CheckpointRounds>(), provider.GetService<TimeProvider>() ?? TimeProvider.System));
    }
}
