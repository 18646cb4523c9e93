using MailGrains.Grains.Contracts.Cases;
using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Grains.Contracts.Sessions;
using MailGrains.Grains.Tests.Mailboxes;
using MailGrains.Model;

namespace MailGrains.Grains.Tests.Cases;

/// <summary>Where two people have to release a hold, they are two accounts, whatever their addresses are at the time.</summary>
public sealed class CaseReleaseTests(MailboxCluster cluster)
{
    private static readonly AccountId Anna = AccountId.New(TimeProvider.System);
    private static readonly AccountId Bert = AccountId.New(TimeProvider.System);

    [Fact]
    public async Task Another_address_does_not_make_another_person()
    {
        var held = await HeldAsync();
        Assert.Equal(HoldStatus.ReleaseAsked, await ReleaseAsync(held, Anna, "anna@example.org"));

        // The address she logged in with was taken from her account; she has a second one.
        var refused = await Assert.ThrowsAsync<CaseException>(() => ReleaseAsync(held, Anna, "a.smith@example.org"));
        Assert.Equal(CaseError.SecondPerson, refused.Error);
        Assert.Equal(HoldStatus.ReleaseAsked, (await held.FindAsync())!.Custodians[0].Hold);
    }

    [Fact]
    public async Task Who_has_got_the_address_of_the_first_is_somebody_else()
    {
        var held = await HeldAsync();
        await ReleaseAsync(held, Anna, "anna@example.org");
        Assert.Equal(HoldStatus.Released, await ReleaseAsync(held, Bert, "anna@example.org"));
    }

    [Fact]
    public async Task Where_the_log_has_no_id_the_address_tells()
    {
        var held = await HeldAsync();
        await ReleaseAsync(held, null, "anna@example.org");
        await Assert.ThrowsAsync<CaseException>(() => ReleaseAsync(held, Anna, "anna@example.org"));
        Assert.Equal(HoldStatus.Released, await ReleaseAsync(held, Bert, "bert@example.org"));
    }

    private static CaseAct Act(AccountId? who, string login) => new(new SessionOrigin { Service = "http", Actor = who, Login = login }, Guid.NewGuid());

    private static async Task<HoldStatus> ReleaseAsync(ICaseGrain held, AccountId? who, string login) =>
        (await held.ReleaseAsync([1], "settled", Act(who, login))).Custodians[0].Hold;

    /// <summary>A case with a hold. There is no archive here to apply one: the case has it because its log says so.</summary>
    private async Task<ICaseGrain> HeldAsync()
    {
        var id = Guid.NewGuid();
        var found = cluster.Grains.GetGrain<ICaseGrain>(id);
        var act = Act(Bert, "bert@example.org");
        await found.CreateAsync(new NewCase("Heron", null, TwoPeople: true), act);
        await found.AddCustodiansAsync([new NewCustodian(AccountId.New(TimeProvider.System), "ada@example.org", null)], act);
        await cluster.Mailbox(new CaseId(id).Log).RecordAsync(new AccountEvent
        {
            Type = AccountEventType.HoldApplied,
            Origin = act.By,
            Details = EventDetails.None.With("reason", "litigation").With("custodians", "1"),
        });
        Assert.Equal(HoldStatus.Held, (await found.FindAsync())!.Custodians[0].Hold);
        return found;
    }
}
