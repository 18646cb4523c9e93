using MailGrains.Frontends.Imap.Session;
using MailGrains.Imap;
using MailGrains.Imap.Responses;
using MailGrains.Model.Folders;

namespace MailGrains.Frontends.Imap.Folders;

/// <summary>
/// What a client is told whose name for a mailbox is not the form it is kept in: by LIST the mailbox's name, with an OLDNAME (RFC 9051 section
/// 6.3.9.7). Clients of IMAP4rev1 do not know that response.
/// </summary>
internal static class NormalizedName
{
    /// <summary>The mailbox as CREATE and SELECT show it: OLDNAME is the name that was given.</summary>
    public static ListEntry Entry(string given, string path, string? specialUse) =>
        new(specialUse is null ? [] : [@"\" + specialUse], FolderNames.Delimiter, path) { OldName = IsKept(given, path) ? null : given };

    /// <summary>After CREATE.</summary>
    public static void TellCreated(ImapSession session, string given, string path, string? specialUse)
    {
        if (session.Has(EnabledFeatures.Rev2) && !IsKept(given, path)) session.Writer.List(Entry(given, path, specialUse));
    }

    /// <summary>After RENAME: OLDNAME is what the mailbox was called before; INBOX, which stays, is called that still.</summary>
    public static void TellRenamed(ImapSession session, MailboxName from, string given)
    {
        if (!session.Has(EnabledFeatures.Rev2) || !FolderPath.TryNormalize(given, out var path) || IsKept(given, path)) return;
        var old = !from.IsInbox && FolderPath.TryNormalize(from.Value, out var before) ? before : given;
        session.Writer.List(new ListEntry([], FolderNames.Delimiter, path) { OldName = old });
    }

    /// <summary>INBOX in any case is the same name.</summary>
    private static bool IsKept(string given, string path) =>
        given == path || (path.StartsWith(FolderPath.Inbox, StringComparison.Ordinal) && given.Equals(path, StringComparison.OrdinalIgnoreCase));
}
