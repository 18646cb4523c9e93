using System.Collections.Immutable;
using System.Diagnostics;
using MailGrains.Frontends.Imap.Folders;
using MailGrains.Grains.Contracts.Folders;
using MailGrains.Imap;
using MailGrains.Imap.Commands;
using MailGrains.Model;
using Xunit;

namespace MailGrains.Frontends.Tests.Imap;

public sealed class FolderListingTests
{
    [Fact]
    public void Ten_thousand_names_against_many_wildcards_take_no_time()
    {
        var paths = Enumerable.Range(0, 10_000).Select(i => $"archive/{i % 100:000}/a{new string('a', 20)}{i:00000}");
        var folders = paths.Order(StringComparer.Ordinal).Select((p, i) => new FolderInfo(new FolderId(i + 2), p, null));
        var tree = new FolderTree([.. folders], ImmutableSortedSet<string>.Empty);
        var best = TimeSpan.MaxValue;
        for (var run = 0; run < 20; run++)
        {
            var started = Stopwatch.GetTimestamp();
            Assert.Empty(List(tree, "*a*a*a*a*a*b"));
            var took = Stopwatch.GetElapsedTime(started);
            if (took < best) best = took;
        }

        // The best of many, so that nothing else on the machine is measured.
        Assert.True(best < TimeSpan.FromMilliseconds(100), $"{best.TotalMilliseconds} ms");
    }

    [Fact]
    public void Levels_that_are_no_folders_are_shown_as_such()
    {
        var tree = new FolderTree([new FolderInfo(new FolderId(2), "a/b", null)], ["gone"]);
        var found = List(tree, "*");
        Assert.Equal(["a", "a/b"], found.Select(f => f.Name.Path));
        Assert.Equal([@"\NonExistent", @"\Noselect", @"\HasChildren"], found[0].Entry.Attributes);
        var subscribed = FolderListing.Select(new FolderNames(tree), Command("*") with { Selection = ListSelectionOptions.Subscribed });
        Assert.Equal([@"\NonExistent", @"\Noselect", @"\HasNoChildren", @"\Subscribed"], Assert.Single(subscribed).Entry.Attributes);
    }

    private static List<FolderMatch> List(FolderTree tree, string pattern) => FolderListing.Select(new FolderNames(tree), Command(pattern));

    private static ListCommand Command(string pattern) =>
        new(ListSelectionOptions.None, new MailboxName(""), [new MailboxName(pattern)], ListReturnOptions.None, StatusItems.None, IsExtended: false);
}
