using MailGrains.Outputs.Tests.Stage;
using MailGrains.Subscribers;
using MailGrains.TestKit;

namespace MailGrains.Outputs.Tests.Plugins;

/// <summary>A handler from an assembly this program knows nothing of.</summary>
public sealed class PluginTests
{
    private static readonly string Assembly = Path.Combine(
        SampleEvents.Root, "tests", "MailGrains.SamplePlugin", "bin", Configuration, "net10.0", "MailGrains.SamplePlugin.dll");

    private static string Configuration => new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)).Parent!.Name;

    [Fact]
    public async Task It_is_found_by_configuration_and_handles_events()
    {
        Assert.False(File.Exists(Path.Combine(AppContext.BaseDirectory, "MailGrains.SamplePlugin.dll")));
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "types");
        var subscriber = Create(("Assembly", Assembly), ("Type", "MailGrains.SamplePlugin.TypeListFactory"), ("Path", path), ("Types", "MessageNew"));
        await using var stage = new OutputStage();
        await stage.WriteAsync(SampleEvents.Payload("Login"), SampleEvents.Payload("MessageNew"));
        stage.Deliver(subscriber.Handler);
        await stage.CatchesUpAsync("own");
        Assert.Equal(["0 2 MessageNew"], File.ReadAllLines(path));
    }

    [Theory]
    [InlineData("/nowhere/plugin.dll", "X", "Assembly")]
    [InlineData("@text", "X", "Assembly")]
    [InlineData("@", "MailGrains.SamplePlugin.Nothing", "Type")]
    [InlineData("@", "MailGrains.SamplePlugin.TypeList", "Type")]
    [InlineData("@", "MailGrains.SamplePlugin.TypeListFactory", "Path")]
    public void What_is_wrong_is_one_line(string assembly, string type, string key)
    {
        using var folder = new TemporaryFolder();
        var text = Path.Combine(folder.Path, "text.dll");
        File.WriteAllText(text, "no assembly");
        var path = assembly switch { "@" => Assembly, "@text" => text, _ => assembly };
        var wrong = Assert.Throws<FormatException>(() => Create(("Assembly", path), ("Type", type)));
        Assert.StartsWith($"Subscribers:own:{key}", wrong.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', wrong.Message);
    }

    [Fact]
    public void Keys_it_does_not_know_are_refused() => Assert.Contains(
        "no key 'Paht'",
        Assert.Throws<FormatException>(() => Create(
            ("Assembly", Assembly), ("Type", "MailGrains.SamplePlugin.TypeListFactory"), ("Path", "x"), ("Paht", "y"))).Message,
        StringComparison.Ordinal);

    /// <summary>The page shows what is compiled here.</summary>
    [Theory]
    [InlineData("MailGrains.SamplePlugin.csproj")]
    [InlineData("TypeListFactory.cs")]
    [InlineData("TypeList.cs")]
    public void The_documentation_has_the_sample(string file)
    {
        var page = File.ReadAllText(Path.Combine(SampleEvents.Root, "docs", "writing-a-subscriber.md"));
        Assert.Contains(File.ReadAllText(Path.Combine(SampleEvents.Root, "tests", "MailGrains.SamplePlugin", file)).Trim(), page, StringComparison.Ordinal);
    }

    private static Subscriber Create(params IEnumerable<(string Key, string Value)> keys) => SubscriberKinds.BuiltIn.Create(
        new SubscriberSection("own", keys.Append(("Kind", "plugin")).Select(k => KeyValuePair.Create(k.Item1, k.Item2))));
}
