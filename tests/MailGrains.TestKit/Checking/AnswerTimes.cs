using Xunit;

namespace MailGrains.TestKit.Checking;

/// <summary>How long a <see cref="Bystander"/> waited for its answers.</summary>
internal sealed class AnswerTimes(IEnumerable<TimeSpan> times)
{
    /// <summary>What somebody who attacks may make others wait.</summary>
    private static readonly TimeSpan Allowed = TimeSpan.FromMilliseconds(100);

    /// <summary>What no answer may take, however busy the machine is.</summary>
    private static readonly TimeSpan AllowedOnce = TimeSpan.FromSeconds(1);

    private readonly List<TimeSpan> _sorted = [.. times.Order()];

    public TimeSpan Median => _sorted[_sorted.Count / 2];

    public TimeSpan Longest => _sorted[^1];

    /// <summary>
    /// Others are answered within 100 ms. Asked of the median: the server, its attackers and the bystander share the processors of one machine, with
    /// whatever else runs there, and a single answer may wait for the scheduler as long as it pleases. A server that is held up by an attack holds up
    /// all answers, or one for as long as the attack takes; so the longest is looked at too, with more patience.
    /// </summary>
    public void AssertPrompt()
    {
        Assert.True(Median < Allowed && Longest < AllowedOnce, $"A bystander's answers: {this}");
    }

    public override string ToString() => $"median {Median.TotalMilliseconds:F1} ms, longest {Longest.TotalMilliseconds:F1} ms of {_sorted.Count}";
}
