using MailGrains.Subscribers;

namespace MailGrains.Grains.Tests.Streams;

public sealed class BlockingSettingsTests
{
    [Fact]
    public void Nobody_waits_unless_it_is_said()
    {
        Assert.Null(Create().Blocking);
        Assert.Null(Create(("Blocking", "false")).Blocking);
    }

    [Fact]
    public void What_is_said_counts_and_the_rest_is_as_usual()
    {
        var usual = Create(("Blocking", "true"), ("OnTimeout", "accept"));
        Assert.Equal((TimeSpan.FromSeconds(5), TimeoutAnswer.Accept, TimeSpan.Zero), (usual.Blocking!.Timeout, usual.Blocking.OnTimeout, usual.Rest));
        Assert.Equal(["MessageAppend", "MessageNew"], usual.Blocking.Types.Order());

        var own = Create(("Blocking", "true"), ("OnTimeout", "refuse"), ("BlockTimeoutMilliseconds", "300"), ("BlockTypes", "MessageExpunge, MessageNew"));
        Assert.Equal((TimeSpan.FromMilliseconds(300), TimeoutAnswer.Refuse), (own.Blocking!.Timeout, own.Blocking.OnTimeout));
        Assert.Equal(["MessageExpunge", "MessageNew"], own.Blocking.Types.Order());

        Assert.Equal(["MessageNew"], Create(("Blocking", "true"), ("OnTimeout", "accept"), ("Types", "MessageNew,Login")).Blocking!.Types);
    }

    [Theory]
    [InlineData("OnTimeout", "OnTimeout", "")]
    [InlineData("OnTimeout", "OnTimeout", "perhaps")]
    [InlineData("BlockTimeoutMilliseconds", "BlockTimeoutMilliseconds", "0")]
    [InlineData("BlockTimeoutMilliseconds", "BlockTimeoutMilliseconds", "10001")]
    [InlineData("BlockTypes", "BlockTypes", "Login")]
    [InlineData("BlockTypes", "Types", "Login")]
    [InlineData("Blocking", "Blocking", "yes")]
    public void Anything_else_is_refused_by_name(string named, string key, string value)
    {
        var keys = new Dictionary<string, string> { ["Blocking"] = "true", ["OnTimeout"] = "accept", ["BlockTypes"] = "MessageNew", [key] = value };
        var wrong = Assert.Throws<FormatException>(() => Create([.. keys.Select(k => (k.Key, k.Value))]));
        Assert.StartsWith($"Subscribers:copy:{named} ", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_handles_no_messages_says_what_is_to_wait()
    {
        var wrong = Assert.Throws<FormatException>(() => Create(("Blocking", "true"), ("OnTimeout", "accept"), ("Types", "MailboxCreate")));
        Assert.Contains("BlockTypes", wrong.Message, StringComparison.Ordinal);
        Assert.Equal(["MailboxCreate"], Create(
            ("Blocking", "true"), ("OnTimeout", "accept"), ("Types", "MailboxCreate"), ("BlockTypes", "MailboxCreate")).Blocking!.Types);
    }

    private static Subscriber Create(params (string Key, string Value)[] keys) => SubscriberKinds.BuiltIn.Create(new SubscriberSection(
        "copy", [new("Kind", "jsonl"), new("Path", "/nowhere"), .. keys.Select(k => new KeyValuePair<string, string>(k.Key, k.Value))]));
}
