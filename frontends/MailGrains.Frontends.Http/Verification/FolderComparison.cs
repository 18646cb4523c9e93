using MailGrains.Grains.Contracts.Folders;
using MailGrains.Model;
using MailGrains.Model.Columns;
using MailGrains.Storage.Mailboxes;
using MailGrains.Views.Replay;

namespace MailGrains.Frontends.Http.Verification;

/// <summary>A folder's entries against what the log says that they are.</summary>
/// <param name="logged">The folder as it was by the log when the entries were read.</param>
/// <param name="keywords">Names for their keyword bits.</param>
internal sealed class FolderComparison(string path, ReplayedFolder logged, KeywordTable keywords)
{
    private readonly HashSet<uint> _present = [];

    public IEnumerable<MailboxProblem> Compare(FolderStatus status)
    {
        foreach (var (name, kept, told) in new (string, long, long)[]
        {
            ("UIDVALIDITY", status.UidValidity, logged.UidValidity),
            ("UIDNEXT", status.UidNext, logged.UidNext),
            ("HIGHESTMODSEQ", status.HighestModSeq, logged.HighestModSeq),
        })
            if (kept != told && told != 0) yield return new MailboxProblem(path, null, $"{name} is {kept}, by the log {told}");
    }

    /// <summary>An entry, and its content if that could be read.</summary>
    public IEnumerable<MailboxProblem> Compare(MessageRow row, EmailRecord? content)
    {
        _present.Add(row.Uid);
        if (!logged.Messages.TryGetValue(row.Uid, out var message))
        {
            if (logged.IsWhole) yield return new MailboxProblem(path, row.Uid, "the log knows of no such message");
            yield break;
        }

        var flags = string.Join(' ', keywords.Names(row.Flags));
        foreach (var (name, kept, told) in new (string, object, object?)[]
        {
            ("the flags are", flags, message.Flags),
            ("MODSEQ is", row.ModSeq, message.ModSeq),
            ("EMAILID is", row.EmailId.Value, message.Email),
            ("RFC822.SIZE is", (long)row.Size, message.Size),
            ("INTERNALDATE is", row.InternalDate, message.InternalDate),
            ("SAVEDATE is", (long)row.SaveDate, message.SaveDate),
        })
            if (told is not null && !kept.Equals(told)) yield return Differs(row.Uid, message, name, kept, told);
        if (content is null) yield break;
        if (message.Blob is { } blob && content.Blob != blob) yield return Differs(row.Uid, message, "the body is", content.Blob, blob);
        if (message.Prefix is { } prefix && BlobId.Of(content.Prefix.Span) != prefix)
            yield return new MailboxProblem(path, row.Uid, $"the lines before its body are not those of event {message.Event}");
    }

    /// <summary>After the last entry: what should be there and isn't.</summary>
    public IEnumerable<MailboxProblem> Missing() => logged.Messages.Where(m => !_present.Contains(m.Key)).OrderBy(m => m.Key)
        .Select(m => new MailboxProblem(path, m.Key, $"it is missing: by event {m.Value.Event} it is here{With(m.Value.Blob)}"));

    private static string With(BlobId? body) => body is null ? "" : $", with body {body}";

    private MailboxProblem Differs(uint uid, ReplayedMessage message, string name, object kept, object told) =>
        new(path, uid, FormattableString.Invariant($"{name} '{kept}', by event {message.Event} '{told}'"));
}
