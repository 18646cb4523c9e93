using Xunit;

namespace MailGrains.Interop.Tests.Benches;

/// <summary>What <c>bench/compare</c> holds deliveries to.</summary>
public sealed class CompareGoalTests
{
    [Theory]
    [InlineData("lmtp-many", "≥ 4×")]
    [InlineData("lmtp-many", "≥ 2×", "--postgresql")]
    [InlineData("lmtp-one-user", "≥ 2×", "--postgresql")]
    [InlineData("append", "≥ 1×", "--postgresql")]
    public async Task The_goal_is_that_of_the_store(string row, string goal, params string[] store)
    {
        // Nobody listens there: the row fails, and the table has its goal.
        string[] arguments =
        [
            Path.Combine(AppContext.BaseDirectory, "MailGrains.Bench.dll"), "compare", "--server", "mailgrains", "--runs", "1", "--only", row,
            "--mailgrains-imap", "127.0.0.1:1", "--mailgrains-lmtp", "127.0.0.1:1", .. store,
        ];
        var run = (await Programs.RunAsync("dotnet", arguments)).Succeeded();
        Assert.Contains(goal, Assert.Single(run.Output.Split('\n'), line => line.Contains("FAILED", StringComparison.Ordinal)), StringComparison.Ordinal);
    }
}
