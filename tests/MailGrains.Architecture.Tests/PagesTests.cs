using System.Text.RegularExpressions;
using Xunit;

namespace MailGrains.Architecture.Tests;

/// <summary>Pages that name the tests that show what they say name tests there are.</summary>
public sealed partial class PagesTests
{
    private static readonly string[] Pages = ["rfcs.md", "bad-input.md"];

    private static readonly Dictionary<string, string[]> Classes = SourceTree.Files("tests").SelectMany(
        file => file.Lines.Select(l => TestClass().Match(l)).Where(m => m.Success).Select(m => (Name: m.Groups[1].Value, Lines: file.Lines)))
        .GroupBy(c => c.Name).ToDictionary(g => g.Key, g => g.SelectMany(c => c.Lines).ToArray());

    public static TheoryData<string> Names => [.. Pages];

    [Theory]
    [MemberData(nameof(Names))]
    public void Tests_named_are_there(string page)
    {
        var named = Rows(page).SelectMany(row => TestName().Matches(row)).ToList();
        Assert.NotEmpty(named);
        foreach (var name in named)
        {
            Assert.True(Classes.TryGetValue(name.Groups[1].Value, out var lines), $"{page} names {name.Value}.");
            if (!name.Groups[2].Success) continue;
            Assert.True(lines.Any(l => l.Contains($" {name.Groups[2].Value}(", StringComparison.Ordinal)), $"{page} names {name.Value}.");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Transcripts_named_are_there(string page)
    {
        var named = Rows(page).SelectMany(row => TranscriptName().Matches(row)).ToList();
        Assert.NotEmpty(named);
        var tests = Path.Combine(SourceTree.Root, "tests", "MailGrains.Frontends.Tests");
        Assert.All(named, name => Assert.Contains(
            Directory.EnumerateFiles(tests, name.Groups[1].Value, SearchOption.AllDirectories), path => path.Contains("/Transcripts/", StringComparison.Ordinal)));
    }

    /// <summary>A kind of input that lost its row would be forgotten.</summary>
    [Fact]
    public void Every_kind_of_bad_input_has_its_row()
    {
        var numbers = Rows("bad-input.md").Select(row => Number().Match(row)).Where(m => m.Success)
            .SelectMany(m => Range(int.Parse(m.Groups[1].Value, null), m.Groups[2].Success ? int.Parse(m.Groups[2].Value, null) : null));
        Assert.Equal(Enumerable.Range(1, 54), numbers);
    }

    private static IEnumerable<int> Range(int first, int? last) => Enumerable.Range(first, (last ?? first) - first + 1);

    private static IEnumerable<string> Rows(string page) =>
        File.ReadLines(Path.Combine(SourceTree.Root, "docs", page)).Where(l => l.StartsWith("| ", StringComparison.Ordinal));

    [GeneratedRegex(@"\bclass (\w+Tests)\b")]
    private static partial Regex TestClass();

    [GeneratedRegex(@"(?<![\w.])([A-Z]\w+Tests)\b(?:\.(\w+))?")]
    private static partial Regex TestName();

    [GeneratedRegex(@"`([\w*-]+\.txt)`")]
    private static partial Regex TranscriptName();

    [GeneratedRegex(@"^\| (\d+)(?:–(\d+))? \|")]
    private static partial Regex Number();
}
