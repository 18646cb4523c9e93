using MailGrains.TestKit.Checking;
using MailGrains.TestKit.Clients;
using MailGrains.Interop.Tests.Server;
using Xunit;

namespace MailGrains.Interop.Tests.Administration;

public sealed class LoginStormTests
{
    private const int Logins = 200;

    // One argon2id of 19 MiB for each processor, and what two hundred sessions and a server that has just started take; two hundred at once were 4 GB.
    private static long AllowedGrowth => (19L * Environment.ProcessorCount + 160) << 20;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_hundred_logins_at_once_are_all_served_in_bounded_memory()
    {
        await using var server = await ServerProcess.StartAsync();
        using var folder = new TestKit.TemporaryFolder();
        var file = Path.Combine(folder.Path, "accounts.csv");
        await File.WriteAllLinesAsync(file, Enumerable.Range(0, Logins + 1).Select(i => $"user{i}@example.org,password {i}"), Cancellation);
        var imported = (await server.Cli.RunAsync("account", "import", file)).Succeeded();
        Assert.Contains($"{Logins + 1} created, 0 failed", imported.Output);
        Assert.Equal(0, await server.StopAsync());
        await server.StartAgainAsync();

        using var bystander = await Bystander.LoggedInAsync(server.Ports.Imap, $"user{Logins}@example.org", $"password {Logins}", Cancellation);
        var before = server.ResidentOctets();
        await server.ForgetPeakAsync();
        RawImap[] sessions = [];
        var times = await bystander.DuringAsync(
            async () => sessions = await Task.WhenAll(Enumerable.Range(0, Logins)
                .Select(i => RawImap.LoggedInAsync(server.Ports.Imap, $"user{i}@example.org", $"password {i}", Cancellation))),
            Cancellation);
        var growth = server.PeakResidentOctets() - before;
        foreach (var session in sessions) session.Dispose();
        TestContext.Current.TestOutputHelper?.WriteLine($"{before >> 20} MiB before, {growth >> 20} MiB more at the most, {times}");
        times.AssertPrompt();
        Assert.True(growth < AllowedGrowth, $"memory grew by {growth >> 20} MiB");
    }
}
