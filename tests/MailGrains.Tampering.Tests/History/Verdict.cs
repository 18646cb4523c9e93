namespace MailGrains.Tampering.Tests.History;

/// <summary>What mailgrains-verify said and ended with.</summary>
internal sealed record Verdict(int Code, string Output, string Error)
{
    public IReadOnlyList<string> Problems => [.. Output.Split('\n').Where(line => line.StartsWith("problem: ", StringComparison.Ordinal)).Select(line => line.TrimEnd())];
}
