using MailGrains.Model;

namespace MailGrains.Records.Retention;

/// <summary>What a slice of purging did.</summary>
/// <param name="Purged">Entries taken out of the records, by account. They are gone for good when this is returned.</param>
public sealed record PurgeReport(PurgeOutcome Outcome, IReadOnlyDictionary<AccountId, int> Purged)
{
    internal static PurgeReport Nothing(PurgeOutcome outcome) => new(outcome, new Dictionary<AccountId, int>());
}
