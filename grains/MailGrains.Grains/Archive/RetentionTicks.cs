using MailGrains.Grains.Cluster;
using MailGrains.Grains.Contracts.Archive;
using Microsoft.Extensions.Logging;

namespace MailGrains.Grains.Archive;

/// <summary>Keeps retention going.</summary>
internal sealed class RetentionTicks(IGrainFactory grains, TimeProvider time, ILogger<RetentionTicks> logger) : GrainTicks(TimeSpan.FromMinutes(5), time)
{
    protected override Task AskAsync() => grains.GetGrain<IRetentionGrain>(0).RunAsync();

    protected override void Failed(Exception failure) => Log.RetentionFailed(logger, failure);
}
