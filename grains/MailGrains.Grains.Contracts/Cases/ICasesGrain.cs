using System.Collections.Immutable;
using MailGrains.Model;
using Orleans;

namespace MailGrains.Grains.Contracts.Cases;

/// <summary>All cases there are (the key is 0).</summary>
public interface ICasesGrain : IGrainWithIntegerKey
{
    /// <summary>In the order in which they were opened.</summary>
    Task<ImmutableArray<CaseState>> ListAsync();

    /// <summary>Whose events are those of cases: the list of all cases has a log, and each case. A case is in the list before its log begins.</summary>
    Task<ImmutableArray<AccountId>> ListLogsAsync();
}
