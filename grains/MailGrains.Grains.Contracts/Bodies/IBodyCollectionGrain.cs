using Orleans;
using Orleans.Concurrency;

namespace MailGrains.Grains.Contracts.Bodies;

/// <summary>Deletes, in one place of the cluster, bodies in the database that nobody refers to any more; the key is 0.</summary>
public interface IBodyCollectionGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// Goes on with the walk through all bodies, some seconds of work at most. To be called every minute, from wherever: a call while another runs does
    /// nothing more. Should the cluster have two of it for a while, they only do some work twice.
    /// </summary>
    [AlwaysInterleave]
    Task RunAsync();
}
