using System.Text.RegularExpressions;
using MailGrains.TestKit;
using Xunit;
using YamlDotNet.Serialization;

namespace MailGrains.Interop.Tests.Deployment;

/// <summary>What can be known of docker-compose.yml without starting it; docker/test starts it.</summary>
public sealed partial class ComposeFileTests
{
    private static readonly string[] Nodes = ["silo1", "silo2", "silo3", "frontend1", "frontend2"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static string ComposeFile => Path.Combine(Built.Root, "docker-compose.yml");

    private static string Example => Path.Combine(Built.Root, "docker", "example.env");

    [Fact]
    public async Task The_example_has_all_variables_and_no_others() => Assert.Equal(
        Variable().Matches(await File.ReadAllTextAsync(ComposeFile, Cancellation)).Select(m => m.Groups[1].Value).ToHashSet(),
        (await ExampleAsync()).Select(line => line.Split('=')[0]).ToHashSet());

    [Fact]
    public async Task Nodes_understand_what_they_are_given_and_keep_no_archive_unasked()
    {
        using var none = new TemporaryFolder();
        var services = await ReadAsync([], none);
        foreach (var node in Nodes) Assert.Equal("false", services[node]["MAILGRAINS_Archive__Enabled"]);
        await NodeEnvironment.AssertUnderstoodAsync(services["silo1"]);
        await NodeEnvironment.AssertUnderstoodAsync(services["frontend1"]);
    }

    [Fact]
    public async Task The_archive_and_what_builds_on_it_are_switched_on_as_the_example_says()
    {
        using var folder = new TemporaryFolder();
        var services = await ReadAsync(await ExampleAsync(), folder);
        foreach (var node in Nodes)
        {
            Assert.Equal("true", services[node]["MAILGRAINS_Archive__Enabled"]);
            Assert.Equal("true", services[node]["MAILGRAINS_Archive__FullText"]);
            Assert.Equal("10y", services[node]["MAILGRAINS_Archive__Rules__all__KeepFor"]);
            if (node.StartsWith("silo", StringComparison.Ordinal)) Assert.Equal("true", services[node]["MAILGRAINS_Changelog__Enabled"]);
        }

        await NodeEnvironment.AssertUnderstoodAsync(services["silo1"]);
        await NodeEnvironment.AssertUnderstoodAsync(services["frontend1"]);
    }

    /// <summary>Its lines with everything in it switched on.</summary>
    private static async Task<IReadOnlyList<string>> ExampleAsync() =>
        [.. (await File.ReadAllLinesAsync(Example, Cancellation)).Where(l => l.StartsWith("#MAILGRAINS_", StringComparison.Ordinal)).Select(l => l[1..])];

    /// <summary>The environment of each service, as compose makes it of the file.</summary>
    private static async Task<Dictionary<string, Dictionary<string, string>>> ReadAsync(IReadOnlyList<string> lines, TemporaryFolder folder)
    {
        Assert.SkipWhen(Programs.Find("docker-compose") is null, "docker-compose is not installed (apt-get install docker-compose).");
        var variables = Path.Combine(folder.Path, "variables");
        await File.WriteAllLinesAsync(variables, lines, Cancellation);
        var config = (await Programs.RunAsync("docker-compose", "-f", ComposeFile, "--env-file", variables, "config")).Succeeded();
        var file = new DeserializerBuilder().IgnoreUnmatchedProperties().Build().Deserialize<Compose>(config.Output);
        return file.Services.ToDictionary(s => s.Key, s => s.Value.Environment);
    }

    [GeneratedRegex(@"\$\{(MAILGRAINS_\w+)")]
    private static partial Regex Variable();

    private sealed class Compose
    {
        [YamlMember(Alias = "services")]
        public Dictionary<string, Service> Services { get; init; } = [];
    }

    private sealed class Service
    {
        [YamlMember(Alias = "environment")]
        public Dictionary<string, string> Environment { get; init; } = [];
    }
}
