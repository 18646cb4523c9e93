using System.Collections.Immutable;
using MailGrains.Model;
using MailGrains.Model.Columns;
using MailGrains.Storage.Mailboxes;

namespace MailGrains.Grains.Mailboxes.State;

/// <summary>A whole mailbox at one moment. States share everything a change did not touch.</summary>
internal sealed record MailboxState
{
    public required MailboxHead Head { get; init; }

    public required ImmutableDictionary<FolderId, FolderState> Folders { get; init; }

    /// <summary>Ordinal order.</summary>
    public required ImmutableSortedDictionary<string, FolderId> Paths { get; init; }

    public required KeywordTable Keywords { get; init; }

    public required ImmutableSortedSet<string> Subscriptions { get; init; }

    /// <summary>Names that occur twice are one string: there are as many of these states as mailboxes in memory.</summary>
    public static MailboxState Of(MailboxClaim claim)
    {
        var paths = claim.Folders.ToImmutableSortedDictionary(row => row.Path, row => row.Id, StringComparer.Ordinal);
        return new MailboxState
        {
            Head = claim.Head,
            Folders = claim.Folders.ToImmutableDictionary(
                row => row.Id,
                row => FolderState.Of(
                    claim.Account,
                    row.SpecialUse is null ? row : row with { SpecialUse = string.Intern(row.SpecialUse) },
                    row.UidNext == 1 ? FolderMessages.Empty : FolderMessages.Unloaded)),
            Paths = paths,
            Keywords = claim.Keywords.Count == 0 ? KeywordTable.Empty : new KeywordTable([.. claim.Keywords]),
            Subscriptions = claim.Subscriptions
                .Select(path => paths.TryGetKey(path, out var same) ? same : path).ToImmutableSortedSet(StringComparer.Ordinal),
        };
    }

    public FolderState? Find(string path) => Paths.TryGetValue(path, out var id) ? Folders[id] : null;

    /// <summary>With pages that were read from the store; null when the folder is not here or has them already.</summary>
    public MailboxState WithStored(FolderId id, IReadOnlyList<MessagePage> pages, int firstLoaded)
    {
        if (!Folders.TryGetValue(id, out var folder) || folder.Messages.FirstLoaded <= firstLoaded) return this;
        var loaded = folder with { Messages = folder.Messages.WithStored(pages, firstLoaded) };
        return this with { Folders = Folders.SetItem(id, loaded) };
    }
}
