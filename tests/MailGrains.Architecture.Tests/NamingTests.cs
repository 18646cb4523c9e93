using System.Text.RegularExpressions;
using Xunit;

namespace MailGrains.Architecture.Tests;

/// <summary>Names say what a thing is; left-overs and forbidden shapes don't come in.</summary>
public sealed partial class NamingTests
{
    [Fact]
    public void Nothing_is_named_after_nothing()
    {
        var empty = SourceTree.Files().Where(f => MeaninglessName().IsMatch(Path.GetFileNameWithoutExtension(f.Path))).Select(f => f.Path);
        Assert.Empty(empty);
    }

    [Fact]
    public void Classes_are_sealed_static_or_abstract()
    {
        var open = SourceTree.Files("src", "grains", "frontends", "silo", "tools")
            .SelectMany(f => f.Lines.Where(l => OpenClass().IsMatch(l)).Select(l => $"{f.Path}: {l.Trim()}"));
        Assert.Empty(open);
    }

    [Fact]
    public void Nothing_unfinished_is_left()
    {
        var leftOvers = SourceTree.Files("src", "grains", "frontends", "silo", "tools")
            .SelectMany(f => f.Lines.Where(l => LeftOver().IsMatch(l)).Select(l => $"{f.Path}: {l.Trim()}"));
        Assert.Empty(leftOvers);
    }

    [Fact]
    public void Decisions_have_numbers_of_their_own()
    {
        var numbers = Directory.EnumerateFiles(Path.Combine(SourceTree.Root, "docs", "adr"), "0*.md").Select(f => Path.GetFileName(f)[..4]).ToList();
        Assert.NotEmpty(numbers);
        Assert.Equal(numbers.Count, numbers.Distinct().Count());
    }

    [Fact]
    public void Log_events_have_ids_of_their_own()
    {
        var ids = SourceTree.Files("src", "grains", "frontends", "silo")
            .SelectMany(f => f.Lines.SelectMany(l => LogEvent().Matches(l).Select(m => (Id: m.Groups[1].Value, f.Path)))).ToList();
        Assert.NotEmpty(ids);
        Assert.Empty(ids.GroupBy(i => i.Id).Where(g => g.Count() > 1).Select(g => $"{g.Key}: {string.Join(", ", g.Select(i => i.Path))}"));
    }

    [GeneratedRegex("(Common|Utils?|Shared|Helpers?|Manager)$")]
    private static partial Regex MeaninglessName();

    [GeneratedRegex(@"^\s*(public|internal|private|protected)\s+(partial\s+)?(class|record(?!\s+struct))\s+\w+")]
    private static partial Regex OpenClass();

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|NotImplementedException)\b|^\s*#region")]
    private static partial Regex LeftOver();

    [GeneratedRegex(@"\[LoggerMessage\(\s*(?:EventId\s*=\s*)?(\d+)")]
    private static partial Regex LogEvent();
}
