using MailGrains.Model;
using MailGrains.Records.Retention;
using MailGrains.Storage.InMemory;
using MailGrains.Storage.Records;

namespace MailGrains.Records.Tests;

/// <summary>Every purge is told to the log of its mailbox, whenever somebody dies in between.</summary>
public sealed class PurgesToTellTests
{
    private readonly MemoryLog _log = new();
    private readonly InMemoryRecordStore _store = new();
    private readonly List<(AccountId Account, int Messages)> _told = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_could_not_be_told_is_told_later_and_stops_no_other()
    {
        var (ada, bob, eve) = (await PurgedAsync(3), await PurgedAsync(2), await PurgedAsync(1));
        var purges = new PurgesToTell(_store) { StepSize = 2 };
        await purges.TellAsync(purge => purge.Account == bob ? Task.FromResult(false) : TellAsync(purge), Cancellation);
        Assert.Equal([(ada, 3), (eve, 1)], _told);

        // Whoever told it died before it was struck out: it comes again.
        await Assert.ThrowsAsync<IOException>(() => purges.TellAsync(_ => throw new IOException("gone"), Cancellation));
        await purges.TellAsync(TellAsync, Cancellation);
        await purges.TellAsync(TellAsync, Cancellation);
        Assert.Equal([(ada, 3), (eve, 1), (bob, 2)], _told);
        Assert.Empty(await _store.ReadPurgesAsync(0, 10, Cancellation));
    }

    private Task<bool> TellAsync(NotedPurge purge)
    {
        _told.Add((purge.Account, purge.Messages));
        return Task.FromResult(true);
    }

    private async Task<AccountId> PurgedAsync(uint messages)
    {
        var account = _log.NewAccount(0);
        for (uint uid = 1; uid <= messages; uid++) _log.Write(account, "MessageNew", Members.Arrival(uid));
        _log.Write(account, "MessageExpunge", Members.Expunge($"1:{messages}"));
        var reached = await _store.ReadProgressAsync("records", 0, Cancellation);
        await new RecordsHandler("records", _store, _log).HandleAsync(_log.Batch(0, reached, int.MaxValue), Cancellation);
        var entries = await _store.ReadEntriesAsync(new EntriesQuery(account, 100), Cancellation);
        Assert.Equal((int)messages, (await _store.PurgeAsync([.. entries.Select(e => e.Number)], Cancellation)).Count);
        return account;
    }
}
