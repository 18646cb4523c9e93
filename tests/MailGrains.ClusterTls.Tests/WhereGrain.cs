using Orleans.Placement;

namespace MailGrains.ClusterTls.Tests;

[RandomPlacement]
public sealed class WhereGrain(ILocalSiloDetails silo) : Grain, IWhereGrain
{
    public Task<string> SiloAsync() => Task.FromResult(silo.SiloAddress.ToString());

    public Task<byte[]> EchoAsync(byte[] octets) => Task.FromResult(octets);
}
