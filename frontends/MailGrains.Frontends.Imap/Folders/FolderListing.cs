using MailGrains.Imap;
using MailGrains.Imap.Commands;
using MailGrains.Imap.Responses;

namespace MailGrains.Frontends.Imap.Folders;

/// <summary>Which names a LIST or LSUB shows, and with which attributes.</summary>
internal static class FolderListing
{
    /// <summary>LIST: names that match a pattern and the selection options (RFC 9051 section 6.3.9.1).</summary>
    public static List<FolderMatch> Select(FolderNames names, ListCommand command)
    {
        var patterns = Patterns(command.Reference, command.Patterns);
        var selection = command.Selection;
        var matching = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in names.All)
        {
            if (patterns.Exists(p => p.Matches(name.Path))) matching.Add(name.Path);
        }

        var children = selection.HasFlag(ListSelectionOptions.RecursiveMatch) ? WithHiddenChildren(names, selection, matching) : [];
        var found = new List<FolderMatch>();
        foreach (var name in names.All)
        {
            if (!matching.Contains(name.Path)) continue;
            var childInfo = children.Contains(name.Path);
            if (!IsSelected(name, selection) && !childInfo) continue;
            var shown = childInfo && selection.HasFlag(ListSelectionOptions.Subscribed);
            found.Add(new FolderMatch(name, new ListEntry(Attributes(name, command), FolderNames.Delimiter, name.Path) { ChildInfoSubscribed = shown }));
        }

        return found;
    }

    /// <summary>LSUB (RFC 3501 section 6.3.9): a level above a subscription that <c>%</c> cut off is shown as \Noselect.</summary>
    public static List<ListEntry> Subscribed(FolderNames names, LsubCommand command)
    {
        var patterns = Patterns(command.Reference, [command.Pattern]);
        var shown = new SortedDictionary<string, bool>(StringComparer.Ordinal);
        foreach (var name in names.All)
        {
            if (!name.IsSubscribed) continue;
            if (patterns.Exists(p => p.Matches(name.Path))) shown[name.Path] = true;
            else if (FolderNames.Above(name.Path).FirstOrDefault(above => patterns.Exists(p => p.Matches(above))) is { } level) shown.TryAdd(level, false);
        }

        return [.. shown.Select(s => new ListEntry(s.Value ? [] : [@"\Noselect"], FolderNames.Delimiter, s.Key))];
    }

    /// <summary>Invalid names match nothing (RFC 9051 section 5.1).</summary>
    private static List<MailboxPattern> Patterns(MailboxName reference, IEnumerable<MailboxName> patterns) => reference.IsValid
        ? [.. patterns.Where(p => p.IsValid).Select(p => new MailboxPattern(reference.Value + p.Value, FolderNames.Delimiter))]
        : [];

    private static bool IsSelected(FolderName name, ListSelectionOptions selection)
    {
        if (selection.HasFlag(ListSelectionOptions.Subscribed) && !name.IsSubscribed) return false;
        if (selection.HasFlag(ListSelectionOptions.SpecialUse) && name.Folder?.SpecialUse is null) return false;

        // A subscription to nothing is shown only where subscriptions are asked for.
        return name.Folder is not null || name.HasChildren || selection.HasFlag(ListSelectionOptions.Subscribed);
    }

    /// <summary>RECURSIVEMATCH: names above a selected one that the patterns do not show by itself (RFC 9051 section 6.3.9.6).</summary>
    private static HashSet<string> WithHiddenChildren(FolderNames names, ListSelectionOptions selection, HashSet<string> matching)
    {
        var above = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in names.All)
        {
            if (!IsSelected(name, selection) || matching.Contains(name.Path)) continue;
            above.UnionWith(FolderNames.Above(name.Path));
        }

        return above;
    }

    private static List<string> Attributes(FolderName name, ListCommand command)
    {
        var attributes = new List<string>(4);

        // Clients older than \NonExistent (RFC 5258 section 3.4) only know not to select a name by \Noselect.
        if (name.Folder is null) attributes.AddRange([@"\NonExistent", @"\Noselect"]);
        attributes.Add(name.HasChildren ? @"\HasChildren" : @"\HasNoChildren");
        var subscriptions = command.Selection.HasFlag(ListSelectionOptions.Subscribed) || command.Return.HasFlag(ListReturnOptions.Subscribed);
        if (subscriptions && name.IsSubscribed) attributes.Add(@"\Subscribed");
        if (name.Folder?.SpecialUse is { } use) attributes.Add(@"\" + use);
        return attributes;
    }
}
