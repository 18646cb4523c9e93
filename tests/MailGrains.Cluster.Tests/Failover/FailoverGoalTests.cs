using Xunit;

namespace MailGrains.Cluster.Tests.Failover;

public sealed class FailoverGoalTests
{
    [Theory]
    [InlineData(FailureKind.Kill, 2000)]
    [InlineData(FailureKind.Hang, 6000)]
    [InlineData(FailureKind.Stop, 500)]
    public void Twenty_rounds_whose_median_is_longer_than_the_goal_have_missed_it(FailureKind kind, int goal)
    {
        Assert.True(After(kind, 20, goal + 1).IsMissed);
        Assert.Contains($"goal {goal} ms MISSED", After(kind, 20, goal + 1).ToString(), StringComparison.Ordinal);
        Assert.False(After(kind, 20, goal).IsMissed);
        Assert.Contains($"goal {goal} ms met", After(kind, 20, goal).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Fewer_rounds_only_tell() => Assert.Equal((false, false), (After(FailureKind.Kill, 19, 2001).IsMet, After(FailureKind.Kill, 19, 2001).IsMissed));

    [Fact]
    public void Less_than_half_of_the_rounds_may_be_longer()
    {
        var rounds = After(FailureKind.Kill, 11, 1500).Results.Concat(After(FailureKind.Kill, 9, 9000).Results);
        Assert.True(FailoverGoal.Of(FailureKind.Kill, [.. rounds]).IsMet);
    }

    private static FailoverGoal After(FailureKind kind, int rounds, int milliseconds) => FailoverGoal.Of(
        kind,
        [.. Enumerable.Repeat(new FailoverResult(kind, DateTimeOffset.UnixEpoch, TimeSpan.FromMilliseconds(milliseconds), TimeSpan.Zero, [], [], 0), rounds)]);
}
