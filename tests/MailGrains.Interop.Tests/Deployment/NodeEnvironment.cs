using MailGrains.Interop.Tests.Server;
using MailGrains.TestKit;
using Xunit;

namespace MailGrains.Interop.Tests.Deployment;

/// <summary>The environment that a file of ours gives a node, tried on the program itself.</summary>
internal static class NodeEnvironment
{
    /// <summary>Every key is known and every value can be read: all that is in the way of the node then is that its database is not there.</summary>
    public static async Task AssertUnderstoodAsync(IEnumerable<KeyValuePair<string, string>> environment)
    {
        using var folder = new TemporaryFolder();
        var database = Path.Combine(folder.Path, "connection-string");
        await File.WriteAllTextAsync(database, "Host=127.0.0.1;Port=1;Database=mailgrains;Username=mailgrains", TestContext.Current.CancellationToken);
        var ended = await ServerProcess.RunToEndAsync(
            [
                $"--Data:Path={folder.Path}", "--Storage:StartTimeout=00:00:00.001", $"--Storage:ConnectionStringFile={database}",
                $"--Http:Listen=127.0.0.1:{ServerPorts.Take().Http}",
            ],
            [.. environment.Where(e => e.Key.StartsWith("MAILGRAINS_", StringComparison.Ordinal)).Select(e => (e.Key, e.Value))]);
        Assert.True(ended.ExitCode == 1 && ended.Errors.Contains("Storage:StartTimeout", StringComparison.Ordinal), ended.ToString());
    }
}
