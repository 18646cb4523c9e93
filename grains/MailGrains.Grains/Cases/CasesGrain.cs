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

    private ImmutableArray<CaseId> _entered = [];
    private long _readTo;

    public async Task<ImmutableArray<CaseState>> ListAsync()
    {
        var cases = await Task.WhenAll((await EnteredAsync()).Select(id => GrainFactory.GetGrain<ICaseGrain>(id.Value).FindAsync()));
        return [.. cases.OfType<CaseState>()];
    }

    public async Task<ImmutableArray<AccountId>> ListLogsAsync() => [Register, .. (await EnteredAsync()).Select(id => id.Log)];

    /// <summary>Reads on from where it was: the register is asked for each page of events that somebody looks at, and only grows.</summary>
    private async Task<ImmutableArray<CaseId>> EnteredAsync()
    {
        var (entered, readTo) = (_entered.ToBuilder(), _readTo);
        await foreach (var next in log.ReadAllAsync(Register, readTo, CancellationToken.None))
        {
            readTo = next.Event.Sequence;
            if (next.Event.Type != nameof(AccountEventType.CaseCreate)) continue;
            using var json = JsonDocument.Parse(next.Event.Payload);
            if (CaseId.TryParse(new CaseEvent(json.RootElement, next.Event.At).Text("case"), out var id)) entered.Add(id);
        }

        (_entered, _readTo) = (entered.ToImmutable(), readTo);
        return _entered;
    }
}
