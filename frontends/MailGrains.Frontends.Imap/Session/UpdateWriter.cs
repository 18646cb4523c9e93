using MailGrains.Grains.Contracts.Sessions;
using MailGrains.Imap;
using MailGrains.Imap.Responses;
using MailGrains.Model;
using MailGrains.Model.Columns;

namespace MailGrains.Frontends.Imap.Session;

/// <summary>Changes → untagged responses, in the order in which their numbers are right: expunges, the new count, flags.</summary>
internal static class UpdateWriter
{
    private static readonly string[] SystemFlags = [@"\Answered", @"\Flagged", @"\Deleted", @"\Seen", @"\Draft"];

    public static void Write(ImapSession session, SelectedView view, SessionUpdates updates, long highestModSeq)
    {
        var recent = view.Recent.Count;
        WriteKeywords(session, view, updates);
        view.Apply(updates, highestModSeq);
        var writer = session.Writer;
        if (session.Has(EnabledFeatures.Qresync)) writer.Vanished(updates.Vanished, earlier: false);
        else
        {
            foreach (var sequence in updates.Expunged) writer.Expunge(sequence);
        }

        if (updates.Exists is not null) writer.Exists(view.Exists);
        if (view.Recent.Count != recent && !session.Has(EnabledFeatures.Rev2)) writer.Recent((uint)view.Recent.Count);
        WriteRows(session, view, updates.Changed);
    }

    /// <summary>New keywords, before any FETCH response that may show them.</summary>
    public static void WriteKeywords(ImapSession session, SelectedView view, SessionUpdates updates)
    {
        if (updates.Keywords is { } keywords && view.Learn(keywords)) WriteFlags(session.Writer, view);
    }

    /// <summary>FLAGS and PERMANENTFLAGS (RFC 9051 sections 7.3.5 and 7.1).</summary>
    public static void WriteFlags(ImapResponseWriter writer, SelectedView view)
    {
        var flags = SystemFlags.Concat(view.Keywords.Keywords).ToArray();
        writer.Flags(flags);
        var permanent = view.ReadOnly ? "" : string.Join(' ', flags.Append(@"\*"));
        writer.Untagged(ImapCondition.Ok, view.ReadOnly ? "Read-only mailbox" : "Flags permitted", $"PERMANENTFLAGS ({permanent})");
    }

    /// <summary>FETCH responses with what may have changed of each row.</summary>
    public static void WriteRows(ImapSession session, SelectedView view, MessageRows rows)
    {
        var fetch = session.Writer.Fetch;
        foreach (var row in rows)
        {
            fetch.Begin(row.Sequence);
            fetch.Uid(row.Uid);
            fetch.Flags(row.Flags, view.Keywords, session.IsRecent(row.Uid));
            if (session.Has(EnabledFeatures.CondStore)) fetch.ModSeq(row.ModSeq);
            fetch.End();
        }
    }
}
