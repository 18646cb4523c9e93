using System.Diagnostics;
using MailGrains.TestKit.Checking;
using MailGrains.TestKit.Clients;
using Xunit;

namespace MailGrains.Cluster.Tests.Cluster;

/// <summary>The database goes away while a change is on its way to it.</summary>
public sealed class DatabaseGoneTests : IAsyncLifetime
{
    private const string Anna = "anna@example.org";
    private const string Ben = "ben@example.org";
    /// <summary>What docs/cluster.md promises, and a little for a busy machine.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(40);

    private const string Change = "STORE 1 +FLAGS (\\Flagged)";

    private ClusterProcesses _cluster = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private ClusterNode Silo => _cluster.Silos[0];

    public async ValueTask InitializeAsync()
    {
        _cluster = await ClusterProcesses.StartAsync(silos: 1, frontends: 0, Relaying.None, new());
        await _cluster.AddAccountsAsync(LoadRun.Password, Anna, Ben);
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Who_is_told_NO_finds_nothing_done_when_it_is_back()
    {
        using var anna = await SelectedAsync(Anna);
        using var ben = await SelectedAsync(Ben);
        await _cluster.Postgres.StopAsync();
        var sent = anna.RunAsync(Change, Cancellation);
        await SaysAsync("asking how that ended");

        // Behind the group whose outcome nobody knows.
        var queued = await ben.RunAsync(Change, Cancellation);
        Assert.StartsWith("NO [UNAVAILABLE]", queued.Tagged, StringComparison.Ordinal);

        await _cluster.Postgres.EnsureStartedAsync();
        var answer = await sent;
        Assert.False(await IsFlaggedAsync(Ben));
        Assert.Equal(answer.IsOk, await IsFlaggedAsync(Anna));
        Assert.True((await ben.RunAsync(Change, Cancellation)).IsOk);
    }

    [Fact]
    public async Task A_silo_ends_when_it_is_asked_to_though_nobody_knows_how_the_change_ended()
    {
        using var anna = await SelectedAsync(Anna);
        await _cluster.Postgres.StopAsync();
        var sent = anna.RunAsync(Change, Cancellation);
        await SaysAsync("asking how that ended");

        var asked = Stopwatch.GetTimestamp();
        Assert.Equal(0, await Silo.Process.StopAsync());
        Assert.InRange(Stopwatch.GetElapsedTime(asked), TimeSpan.Zero, Limit);
        await Assert.ThrowsAnyAsync<IOException>(() => sent);
    }

    private async Task<RawImap> SelectedAsync(string user)
    {
        var imap = await RawImap.LoggedInAsync(Silo.Ports.Imap, user, LoadRun.Password, Cancellation);
        (await imap.AppendAsync("INBOX", "", LoadMessages.Make(user), Cancellation)).Ok();
        (await imap.RunAsync("SELECT INBOX", Cancellation)).Ok();
        return imap;
    }

    private async Task<bool> IsFlaggedAsync(string user)
    {
        using var imap = await RawImap.LoggedInAsync(Silo.Ports.Imap, user, LoadRun.Password, Cancellation);
        (await imap.RunAsync("EXAMINE INBOX", Cancellation)).Ok();
        return (await imap.RunAsync("SEARCH FLAGGED", Cancellation)).Ok().Untagged.Any(l => l.Text.StartsWith("* SEARCH 1", StringComparison.Ordinal));
    }

    private async Task SaysAsync(string text)
    {
        while (!Silo.Process.Log.Lines.Any(l => l.Contains(text, StringComparison.Ordinal))) await Task.Delay(20, Cancellation);
    }
}
