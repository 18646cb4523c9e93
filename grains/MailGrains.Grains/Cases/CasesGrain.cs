using System.Collections.Immutable;
using System.Text.Json;
using MailGrains.Grains.Contracts.Cases;
using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Model;
using MailGrains.Storage.Events;
using Orleans.Concurrency;

namespace MailGrains.Grains.Cases;

/// <inheritdoc cref="ICasesGrain"/>
/// <remarks>Each case is entered into one log that all share before it is opened; an entry without a case is one that was not opened in the end.</remarks>
[StatelessWorker]
internal sealed class CasesGrain(IEventLog log) : Grain, ICasesGrain
{
    /// <summary>Whose log it is.</summary>
    public static readonly AccountId Register = new(new Guid("0ca5e000-0000-7000-8000-000000000000"));

    public async Task<ImmutableArray<CaseState>> ListAsync()
    {
        var cases = await Task.WhenAll((await EnteredAsync()).Select(id => GrainFactory.GetGrain<ICaseGrain>(id.Value).FindAsync()));
        return [.. cases.OfType<CaseState>()];
    }

    public async Task<ImmutableArray<AccountId>> ListLogsAsync() => [Register, .. (await EnteredAsync()).Select(id => id.Log)];

    private async Task<List<CaseId>> EnteredAsync()
    {
        var entered = new List<CaseId>();
        await foreach (var next in log.ReadAllAsync(Register, CancellationToken.None))
        {
            if (next.Event.Type != nameof(AccountEventType.CaseCreate)) continue;
            using var json = JsonDocument.Parse(next.Event.Payload);
            if (CaseId.TryParse(new CaseEvent(json.RootElement, next.Event.At).Text("case"), out var id)) entered.Add(id);
        }

        return entered;
    }
}
