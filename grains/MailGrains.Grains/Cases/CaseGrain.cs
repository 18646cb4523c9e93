using System.Collections.Immutable;
using System.Text;
using MailGrains.Grains.Cluster;
using MailGrains.Grains.Contracts.Cases;
using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Grains.Contracts.Sessions;
using MailGrains.Model;
using MailGrains.Records;
using MailGrains.Storage.Events;
using MailGrains.Storage.Records;
using Microsoft.Extensions.Logging;

namespace MailGrains.Grains.Cases;

/// <inheritdoc cref="ICaseGrain"/>
/// <remarks>
/// A hold is an event in two logs. It begins in the mailbox's first and then in the case's, and ends in the case's first and then in the mailbox's: whatever is
/// lost in between, a mailbox is held for too long rather than not long enough. What a crash leaves of an ending is made good after the next activation.
/// Each event of the case is an operation with the act's id, which the log's own mailbox carries out once.
/// </remarks>
[NotOnDrainingNodes]
internal sealed partial class CaseGrain(
    IEventLog log, IEnumerable<IRecordReader> records, IEnumerable<RecordsLag> lags, ILogger<CaseGrain> logger) : Grain, ICaseGrain
{
    private const int MaxName = 200;
    private const int MaxText = 2000;
    private const int MaxTag = 64;
    private const int MaxCustodians = 2000;
    private const int TagsAnEvent = 1000;

    /// <summary>Below the time a call has.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan SettleAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SettleAgain = TimeSpan.FromMinutes(1);

    private CaseState? _state;
    private bool _isSettled;

    private CaseId Id => new(this.GetPrimaryKey());

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await ReadOnAsync();
        this.RegisterGrainTimer(SettleAsync, SettleAfter, SettleAgain);
    }

    public async Task<CaseState?> FindAsync()
    {
        await ReadOnAsync();
        return _state;
    }

    public async Task<CaseState?> FindAsOfAsync(long sequence)
    {
        CaseState? state = null;
        await foreach (var next in log.ReadAllAsync(Id.Log, CancellationToken.None))
        {
            if (next.Event.Sequence > sequence) break;
            state = CaseFold.Apply(Id, state, next.Event);
        }

        return state;
    }

    public async Task<CaseState> CreateAsync(NewCase created, CaseAct act)
    {
        Check(created.Name, MaxName, "name");
        if (created.Description is not null) Check(created.Description, MaxText, "description");
        await ReadOnAsync();
        if (_state is not null) return _state;
        var entry = EventDetails.None.With("case", Id.ToString()).With("name", created.Name);
        await RecordAsync(CasesGrain.Register, AccountEventType.CaseCreate, entry, act.By, OperationOf("register"));
        var details = entry.With("description", created.Description).With("twoPeople", created.TwoPeople ? 1 : 0);
        await RecordAsync(Id.Log, AccountEventType.CaseCreate, details, act.By, OperationOf("create"));
        await ReadOnAsync();
        return _state!;
    }

    public async Task<CaseState> CloseAsync(CaseAct act)
    {
        await ReadOnAsync();
        if (_state?.ClosedIn == act.Id) return _state;
        var state = await OpenAsync();
        if (state.Custodians.FirstOrDefault(c => c.Hold is HoldStatus.Held or HoldStatus.ReleaseAsked) is { } held)
            throw new CaseException(CaseError.Held, $"The mailbox of {held.Address} is held; release it first.");
        return await WriteAsync(AccountEventType.CaseClose, Known(act), act);
    }

    public async Task<CaseState> AddCustodiansAsync(ImmutableArray<NewCustodian> custodians, CaseAct act)
    {
        var state = await OpenAsync();
        foreach (var custodian in custodians)
        {
            if (state.Custodians.Any(c => c.Account == custodian.Account)) continue;
            if (state.Custodians.Length == MaxCustodians) throw new CaseException(CaseError.BadRequest, $"A case has at most {MaxCustodians} custodians.");
            var account = custodian.Account.Value.ToString();
            var details = EventDetails.None.With("custodian", account).With("custodianAddress", custodian.Address);
            details = details.With("group", custodian.Group).With("asOf", custodian.AsOf);
            state = await WriteAsync(AccountEventType.CustodianAdd, details, act, account);
        }

        return state;
    }

    public async Task<CaseState> HoldAsync(ImmutableArray<int> custodians, string reason, CaseAct act)
    {
        Check(reason, MaxText, "reason");
        if (lags.FirstOrDefault() is not { } lag || records.FirstOrDefault() is not { } archive)
            throw new CaseException(CaseError.NoArchive, "There is no archive, which holds need: set Archive:Enabled on all silos.");
        var state = await OpenAsync();
        var chosen = Chosen(state, custodians).ToList();
        var held = chosen.Where(c => c.Hold is HoldStatus.None or HoldStatus.Released).ToList();

        // A release that is still on its way must not end the new hold.
        var before = held.Where(c => c.Hold == HoldStatus.Released);
        await Task.WhenAll(before.Select(c => TellAsync(AccountEventType.HoldReleased, c, c.HoldChanges, null, act.By)));
        await Task.WhenAll(held.Select(c => TellAsync(AccountEventType.HoldApplied, c, c.HoldChanges + 1, reason, act.By)));
        var changed = chosen.Where(c => c.Hold != HoldStatus.Held).ToList();
        if (changed.Count > 0) state = await WriteAsync(AccountEventType.HoldApplied, Concerning(changed, reason), act);
        await ConfirmAsync(chosen, archive, lag);
        return state;
    }

    public async Task<CaseState> ReleaseAsync(ImmutableArray<int> custodians, string reason, CaseAct act)
    {
        Check(reason, MaxText, "reason");
        var state = await OpenAsync();
        var held = Chosen(state, custodians)
            .Where(c => c.Hold == HoldStatus.Held || (c.Hold == HoldStatus.ReleaseAsked && c.ReleaseAskedIn != act.Id)).ToList();
        var asked = held.Where(c => c.Hold == HoldStatus.ReleaseAsked).ToList();
        if (state.TwoPeople && asked.Find(c => c.WasAskedBy(act.By)) is { } own)
            throw new CaseException(CaseError.SecondPerson, $"You have asked for the release of {own.Address}; somebody else has to agree to it.");
        foreach (var before in Chosen(state, custodians).Where(c => c.Hold == HoldStatus.Released))
            await TellAsync(AccountEventType.HoldReleased, before, before.HoldChanges, reason, act.By);
        var released = state.TwoPeople ? asked : held;
        if (held.Except(released).ToList() is { Count: > 0 } first)
            state = await WriteAsync(AccountEventType.HoldReleaseAsked, Concerning(first, reason, Known(act)), act);
        if (released.Count == 0) return state;
        state = await WriteAsync(AccountEventType.HoldReleased, Concerning(released, reason), act);
        foreach (var custodian in released.Select(c => state.Custodian(c.Number)!))
            await TellAsync(AccountEventType.HoldReleased, custodian, custodian.HoldChanges, reason, act.By);
        return state;
    }

    public async Task<CaseState> TagAsync(string tag, ImmutableArray<ItemId> items, bool tagged, CaseAct act)
    {
        Check(tag, MaxTag, "tag");
        var state = await OpenAsync();
        foreach (var item in items) Found(state.Custodian(item.Custodian), $"There is no custodian {item.Custodian}.");
        foreach (var some in items.Distinct().Chunk(TagsAnEvent))
        {
            var details = EventDetails.None.With("tag", tag).WithList("items", some);
            state = await WriteAsync(tagged ? AccountEventType.ItemsTagged : AccountEventType.ItemsUntagged, details, act, some[0].ToString());
        }

        return state;
    }

    private static IEnumerable<Custodian> Chosen(CaseState state, ImmutableArray<int> numbers) => numbers.IsEmpty
        ? state.Custodians
        : numbers.Select(n => Found(state.Custodian(n), $"There is no custodian {n}."));

    private static EventDetails Concerning(IEnumerable<Custodian> custodians, string reason, EventDetails? more = null) =>
        (more ?? EventDetails.None).With("reason", reason).WithList("custodians", custodians.Select(c => c.Number));

    /// <summary>For acts that are refused a second time: a repetition of the first is none.</summary>
    private static EventDetails Known(CaseAct act) => EventDetails.None.With("act", act.Id.ToString());

    private static T Found<T>(T? found, string otherwise)
        where T : class => found ?? throw new CaseException(CaseError.NotFound, otherwise);

    private static void Check(string text, int longest, string what)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > longest || text.Any(char.IsControl))
            throw new CaseException(CaseError.BadRequest, $"The {what} has to have 1 to {longest} characters, and no control characters.");
    }

    /// <summary>The case, open or closed.</summary>
    private async Task<CaseState> ExistingAsync()
    {
        await ReadOnAsync();
        return Found(_state, "There is no such case.");
    }

    private async Task<CaseState> OpenAsync()
    {
        var state = await ExistingAsync();
        return state.IsClosed ? throw new CaseException(CaseError.Closed, "The case is closed.") : state;
    }

    /// <param name="part">Which of several events of an act it is.</param>
    private async Task<CaseState> WriteAsync(AccountEventType type, EventDetails details, CaseAct act, string part = "")
    {
        await RecordAsync(Id.Log, type, details, act.By, OperationOf($"act {act.Id} {type} {part}"));
        await ReadOnAsync();
        return _state!;
    }

    /// <summary>Brings the beginning or end of a hold to the mailbox; however often it is said, it is written once.</summary>
    private Task TellAsync(AccountEventType type, Custodian custodian, int change, string? reason, SessionOrigin by) => RecordAsync(
        custodian.Account,
        type,
        EventDetails.None.With("case", Id.ToString()).With("name", _state!.Name).With("reason", reason),
        by,
        OperationOf($"hold {custodian.Number} {change}"));

    /// <summary>Retention asks the archive what is held: a hold is in force when the archive knows it.</summary>
    private async Task ConfirmAsync(IReadOnlyList<Custodian> custodians, IRecordReader archive, RecordsLag lag)
    {
        var isHeld = await lag.HasCaughtUpAsync(Patience, CancellationToken.None);
        foreach (var custodian in custodians)
        {
            if (isHeld && await IsHeldAsync(archive, custodian, CancellationToken.None)) continue;
            throw new CaseException(
                CaseError.NoArchive,
                $"The hold on {custodian.Address} is in the log, but the archive has not got there yet; see 'subscriber list', and repeat this.");
        }
    }

    /// <summary>What a crash left of a release: said again it is written once, and where it was written long ago, once more without effect.</summary>
    private async Task SettleAsync(CancellationToken cancellation)
    {
        if (_isSettled || records.FirstOrDefault() is not { } archive) return;
        try
        {
            foreach (var custodian in _state?.Custodians ?? [])
            {
                if (custodian.Hold == HoldStatus.Released && await IsHeldAsync(archive, custodian, cancellation))
                    await TellAsync(AccountEventType.HoldReleased, custodian, custodian.HoldChanges, reason: null, Mailboxes.Turns.TurnOrigin.Administration);
            }

            _isSettled = true;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Log.ReleaseNotTold(logger, failure, Id);
        }
    }

    private async Task<bool> IsHeldAsync(IRecordReader archive, Custodian custodian, CancellationToken cancellation) =>
        (await archive.ReadHoldsAsync(custodian.Account, cancellation)).Any(h => h.Until is null && h.Case == Id.ToString());

    private Task RecordAsync(AccountId to, AccountEventType type, EventDetails details, SessionOrigin by, BlobId? operation) =>
        GrainFactory.GetGrain<IMailboxGrain>(to.Value).RecordAsync(new AccountEvent { Type = type, Origin = by, Details = details, Operation = operation });

    /// <summary>The same whenever this is said again in this case.</summary>
    private BlobId OperationOf(string what) => BlobId.Of(Encoding.UTF8.GetBytes($"case {Id} {what}"));

    private async Task ReadOnAsync()
    {
        await foreach (var next in log.ReadAllAsync(Id.Log, _state?.Sequence ?? 0, CancellationToken.None))
            _state = CaseFold.Apply(Id, _state, next.Event);
    }
}
