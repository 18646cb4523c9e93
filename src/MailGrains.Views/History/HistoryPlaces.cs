using MailGrains.Storage.Events;

namespace MailGrains.Views.History;

/// <summary>
/// What a path and a UID meant, by a first walk over a mailbox's events: the folders that had the path at some time, whatever they were called before and
/// after, and the contents that had the UID there. Without an event that names the content, which may not be kept any more, its place is all that is known.
/// </summary>
public sealed class HistoryPlaces(HistoryQuestion question)
{
    private readonly HashSet<long> _folders = [];

    /// <summary>The contents that had the UID in any folder: whether a folder is meant may only be known later.</summary>
    private readonly HashSet<(long Folder, long Email)> _emails = [];

    public HistoryQuestion Question => question;

    /// <summary>Whether a walk is needed.</summary>
    public bool HasToLearn => question.Folder is not null;

    /// <summary>After the walk: some folder had the path.</summary>
    public bool HasFolder => _folders.Count > 0;

    internal IReadOnlySet<long> Folders => _folders;

    internal IEnumerable<long> Emails =>
        question.Email is { } email ? [email] : _emails.Where(e => _folders.Contains(e.Folder)).Select(e => e.Email).Distinct();

    public void Learn(EventRecord record)
    {
        using var payload = EventPayload.Of(record);
        var (folder, old) = (payload.Number("mailbox", "id"), payload.Number("mailbox", "oldId"));
        if (payload.Text("mailbox", "path") == question.Folder) Add(folder);

        // A rename has both paths of one folder.
        if (payload.Text("mailbox", "oldPath") == question.Folder) Add(old ?? folder);
        if (question.Uid is not { } uid) return;
        foreach (var entry in payload.Messages)
        {
            var emails = EventPayload.Text(entry, "emailIds");
            if (EventPayload.Number(entry, "uid") == uid) Add(folder, EventPayload.Number(entry, "emailId"));
            Add(folder, EmailAt(emails, EventPayload.Text(entry, "uids"), uid));
            Add(old ?? folder, EmailAt(emails, EventPayload.Text(entry, "oldUids"), uid));
        }
    }

    private static long? EmailAt(string? emails, string? uids, long uid) =>
        NumberRuns.IndexOf(uids, uid) is { } index ? NumberRuns.At(emails, index) : null;

    private void Add(long? folder)
    {
        if (folder is { } known) _folders.Add(known);
    }

    private void Add(long? folder, long? email)
    {
        if (folder is { } place && email is { } content) _emails.Add((place, content));
    }
}
