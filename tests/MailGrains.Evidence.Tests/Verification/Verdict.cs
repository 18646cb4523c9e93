using Xunit;

namespace MailGrains.Evidence.Tests.Verification;

/// <summary>What the program printed and ended with.</summary>
internal sealed record Verdict(int Code, string Output, string Error)
{
    public IReadOnlyList<string> Problems => [.. Output.Split('\n').Where(l => l.StartsWith("problem: ", StringComparison.Ordinal)).Select(l => l.TrimEnd())];

    public void IsUnchanged()
    {
        Assert.Equal(("", 0), (string.Join('\n', Problems) + Error, Code));
        Assert.Contains("unchanged: no problems", Output, StringComparison.Ordinal);
    }

    /// <summary>There are problems, and one line has all these parts.</summary>
    public void Names(params string[] parts)
    {
        Assert.Equal(("", 1), (Error, Code));
        Assert.True(
            Problems.Any(p => Array.TrueForAll(parts, part => p.Contains(part, StringComparison.Ordinal))),
            $"No line has {string.Join(" and ", parts)}:\n{Output}");
    }
}
