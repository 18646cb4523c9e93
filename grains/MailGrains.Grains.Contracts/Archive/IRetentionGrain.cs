using Orleans;
using Orleans.Concurrency;

namespace MailGrains.Grains.Contracts.Archive;

/// <summary>Lets go, in one place of the cluster, of what the archive need not keep any more; the key is 0.</summary>
public interface IRetentionGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// Purges what is over, some seconds of work at most. To be called every few minutes, from wherever: a call while another runs does nothing more.
    /// </summary>
    [AlwaysInterleave]
    Task RunAsync();
}
