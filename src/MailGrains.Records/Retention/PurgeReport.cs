using MailGrains.Model;

namespace MailGrains.Records.Retention;

/// <summary>What a slice of purging did.</summary>
/// <param name="Purged">Entries taken out of the records, by account. They are gone for good when this is returned.</param>
/// <param name="LeftBefore">All of them had left their folders at or before this time.</param>
public sealed record PurgeReport(PurgeOutcome Outcome, IReadOnlyDictionary<AccountId, int> Purged, DateTimeOffset LeftBefore)
{
    internal static PurgeReport Nothing(PurgeOutcome outcome) => new(outcome, new Dictionary<AccountId, int>(), default);
}
