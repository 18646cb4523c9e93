using System.Text.RegularExpressions;
using MailGrains.Discovery.Queries;

namespace MailGrains.Discovery.Tests;

/// <summary>The page officers read: its examples are queries, and its table has all fields.</summary>
public sealed partial class DocumentationTests
{
    private static readonly string[] s_page = File.ReadAllLines(Path.Combine(Root(), "docs", "discovery.md"));

    [Fact]
    public void Every_example_is_a_query()
    {
        var examples = s_page.Where(l => l.StartsWith("| ", StringComparison.Ordinal) && l.Split(" | ").Length == 4).Skip(1)
            .Select(l => Code().Matches(l.Split(" | ")[3])[0].Groups[1].Value)
            .Concat(s_page.Where(l => l.StartsWith("More examples:", StringComparison.Ordinal)).SelectMany(l => Code().Matches(l).Select(m => m.Groups[1].Value)))
            .ToList();
        Assert.True(examples.Count > 20);
        Assert.All(examples, example => Assert.True(Query.TryParse(example, out _, out var error), $"{example}: {error}"));
    }

    [Fact]
    public void Every_field_is_in_the_table()
    {
        var named = s_page.Where(l => l.StartsWith("| `", StringComparison.Ordinal) && l.Split(" | ").Length == 4)
            .SelectMany(l => Code().Matches(l.Split(" | ")[0]).Select(m => m.Groups[1].Value));

        // Plurals that other products have are understood, not taught.
        Assert.Equal(QueryFields.Names.Except(["attachmentnames", "hasattachments"]).Order(), named.Order());
    }

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "MailGrains.sln"))) return folder.FullName;
        throw new DirectoryNotFoundException("MailGrains.sln is in no folder above " + AppContext.BaseDirectory);
    }
}
