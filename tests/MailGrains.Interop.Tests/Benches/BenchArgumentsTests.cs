using MailGrains.TestKit.Processes;
using Xunit;

namespace MailGrains.Interop.Tests.Benches;

/// <summary>What runs for minutes does not begin by mistake.</summary>
public sealed class BenchArgumentsTests
{
    [Theory]
    [InlineData("accounts")]
    [InlineData("bonnie")]
    [InlineData("events")]
    [InlineData("failover")]
    [InlineData("scale")]
    [InlineData("soak")]
    [InlineData("subscriber-cost")]
    public async Task Help_is_printed_and_nothing_is_run(string program)
    {
        var help = await RunAsync(program, "--help");
        Assert.Equal((0, ""), (help.ExitCode, help.Errors));
        Assert.Contains("bench/" + program, help.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("accounts", "--number")]
    [InlineData("accounts", "mysql")]
    [InlineData("accounts", "sqlite", "many")]
    [InlineData("accounts", "sqlite", "10", "more")]
    [InlineData("bonnie", "--users")]
    [InlineData("bonnie", "--mailboxes", "10", "sqlite")]
    [InlineData("events", "--number")]
    [InlineData("events", "10", "mysql")]
    [InlineData("failover", "--rounds")]
    [InlineData("failover", "5", "6")]
    [InlineData("scale", "--seconds")]
    [InlineData("soak", "--minutes")]
    [InlineData("soak", "1", "seed")]
    [InlineData("subscriber-cost", "--without")]
    public async Task An_unknown_argument_is_named_and_nothing_is_run(string program, params string[] arguments)
    {
        var refused = await RunAsync(program, arguments);
        Assert.Equal((2, ""), (refused.ExitCode, refused.Output));
        Assert.Contains($"unexpected argument '{arguments[^1]}'", refused.Errors, StringComparison.Ordinal);
    }

    private static Task<ProgramResult> RunAsync(string program, params string[] arguments) =>
        Programs.RunAsync(Path.Combine(Built.Root, "bench", program), arguments);
}
