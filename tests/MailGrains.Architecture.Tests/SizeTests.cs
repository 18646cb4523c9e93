using Xunit;

namespace MailGrains.Architecture.Tests;

/// <summary>Rooms stay small. What is larger stands here with the size it has; it may shrink, never grow.</summary>
public sealed class SizeTests
{
    private const int LargestFile = 300;
    private const int LongestLine = 160;

    private static readonly Dictionary<string, int> LargerFiles = new()
    {
        ["tests/MailGrains.Grains.Tests/Mailboxes/MailboxModelTests.cs"] = 307,
    };

    [Fact]
    public void Files_are_rooms_one_can_overlook()
    {
        var tooLarge = SourceTree.Files().Where(f => f.Lines.Length > LargerFiles.GetValueOrDefault(f.Path, LargestFile))
            .Select(f => $"{f.Path}: {f.Lines.Length}");
        Assert.Empty(tooLarge);
    }

    [Fact]
    public void Exceptions_that_are_no_longer_needed_are_removed()
    {
        var sizes = SourceTree.Files().ToDictionary(f => f.Path, f => f.Lines.Length);
        Assert.All(LargerFiles, e => Assert.True(sizes.TryGetValue(e.Key, out var size) && size > LargestFile && size == e.Value, $"{e.Key} has {size} lines now."));
    }

    [Fact]
    public void Lines_can_be_read_without_scrolling()
    {
        // Tests may have rows of data that are better not broken.
        var tooLong = SourceTree.Files("src", "grains", "frontends", "silo", "tools", "bench").SelectMany(f => f.Lines.Select((line, i) => (f.Path, Number: i + 1, line.Length)))
            .Where(l => l.Length > LongestLine).Select(l => $"{l.Path}:{l.Number}: {l.Length}");
        Assert.Empty(tooLong);
    }
}
