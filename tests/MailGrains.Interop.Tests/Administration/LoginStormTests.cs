using MailGrains.TestKit.Clients;
using MailGrains.Interop.Tests.Server;
using Xunit;

namespace MailGrains.Interop.Tests.Administration;

public sealed class LoginStormTests
{
    private const int Logins = 200;

    // One argon2id takes tens of MiB; two hundred at once would take gigabytes.
    private const long AllowedGrowth = 1L << 30;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_hundred_logins_at_once_are_all_served_in_bounded_memory()
    {
        await using var server = await ServerProcess.StartAsync();
        using var folder = new TestKit.TemporaryFolder();
        var file = Path.Combine(folder.Path, "accounts.csv");
        await File.WriteAllLinesAsync(file, Enumerable.Range(0, Logins).Select(i => $"user{i}@example.org,password {i}"), Cancellation);
        var imported = (await server.Cli.RunAsync("account", "import", file)).Succeeded();
        Assert.Contains($"{Logins} created, 0 failed", imported.Output);
        Assert.Equal(0, await server.StopAsync());
        await server.StartAgainAsync();

        var before = server.ResidentOctets();
        var sessions = await Task.WhenAll(Enumerable.Range(0, Logins)
            .Select(i => RawImap.LoggedInAsync(server.Ports.Imap, $"user{i}@example.org", $"password {i}", Cancellation)));
        var growth = server.PeakResidentOctets() - before;
        foreach (var session in sessions) session.Dispose();
        TestContext.Current.TestOutputHelper?.WriteLine($"{before >> 20} MiB before, {growth >> 20} MiB more at the most");
        Assert.True(growth < AllowedGrowth, $"memory grew by {growth >> 20} MiB");
    }
}
