using System.Collections.Immutable;
using Orleans;

namespace MailGrains.Grains.Contracts.Cases;

/// <summary>All cases there are (the key is 0).</summary>
public interface ICasesGrain : IGrainWithIntegerKey
{
    /// <summary>In the order in which they were opened.</summary>
    Task<ImmutableArray<CaseState>> ListAsync();
}
