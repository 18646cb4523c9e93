using System.Text.RegularExpressions;
using Xunit;

namespace MailGrains.Architecture.Tests;

/// <summary>docs/metrics.md lists what the meters have: no more, no less, with the same units.</summary>
public sealed partial class MetricsTests
{
    [Fact]
    public void The_page_and_the_meters_agree()
    {
        var made = SourceTree.Files("src", "grains", "frontends", "silo").SelectMany(f => Instrument().Matches(string.Join('\n', f.Lines))).ToList();
        var page = File.ReadLines(Path.Combine(SourceTree.Root, "docs", "metrics.md")).Select(line => Row().Match(line)).Where(row => row.Success);
        Assert.NotEmpty(made);
        Assert.Equal(made.Select(NameAndUnit).Order(StringComparer.Ordinal), page.Select(NameAndUnit).Order(StringComparer.Ordinal));
    }

    private static string NameAndUnit(Match found) => $"{found.Groups["name"].Value} in {found.Groups["unit"].Value}";

    /// <summary>Making any kind of instrument; an observable one has a callback between its name and its unit.</summary>
    [GeneratedRegex("""\.Create(?:Observable)?(?:UpDown)?(?:Counter|Histogram|Gauge)(?:<\w+>)?\(\s*"(?<name>[^"]+)",\s*(?:[^"]*?,\s*)?"(?<unit>[^"]+)",""")]
    private static partial Regex Instrument();

    [GeneratedRegex(@"^\| `(?<name>[^`]+)` \| `(?<unit>[^`]+)` \|")]
    private static partial Regex Row();
}
