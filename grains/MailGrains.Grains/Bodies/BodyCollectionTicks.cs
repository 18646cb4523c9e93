using MailGrains.Grains.Cluster;
using MailGrains.Grains.Contracts.Bodies;
using Microsoft.Extensions.Logging;

namespace MailGrains.Grains.Bodies;

/// <summary>Keeps the collection of bodies going.</summary>
internal sealed class BodyCollectionTicks(IGrainFactory grains, TimeProvider time, ILogger<BodyCollectionTicks> logger)
    : GrainTicks(TimeSpan.FromMinutes(1), time)
{
    protected override Task AskAsync() => grains.GetGrain<IBodyCollectionGrain>(0).RunAsync();

    protected override void Failed(Exception failure) => Log.BodyCollectionFailed(logger, failure);
}
