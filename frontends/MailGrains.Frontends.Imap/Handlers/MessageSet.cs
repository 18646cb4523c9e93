using MailGrains.Frontends.Imap.Session;
using MailGrains.Grains.Contracts.Sessions;
using MailGrains.Model;

namespace MailGrains.Frontends.Imap.Handlers;

/// <summary>Which messages a command names, <c>$</c> (RFC 5182) replaced by the UIDs it stands for.</summary>
internal readonly record struct MessageSet(NumberSet Set, bool ByUid)
{
    /// <summary>
    /// False, with what to answer, where the set names nothing (OK, RFC 5182 section 2.1) or a sequence number that does not exist
    /// (BAD, RFC 9051 section 9, seq-number).
    /// </summary>
    public static bool TryResolve(ImapSession session, NumberSet set, bool byUid, out MessageSet messages, out Reply refusal)
    {
        messages = new MessageSet(set, byUid);
        refusal = default;
        var scope = byUid ? UpdateScope.All : UpdateScope.WithoutExpunges;
        if (set.IsSavedResult)
        {
            messages = new MessageSet(NumberSet.Of(session.View.Saved), ByUid: true);
            if (!session.View.Saved.IsEmpty) return true;
            refusal = Reply.Done("No messages") with { Sync = scope };
            return false;
        }

        if (byUid) return true;
        var exists = session.View.Exists;
        foreach (var range in set.Ranges)
        {
            if (range.From == NumberRange.Star || range.To == NumberRange.Star || (range.From <= exists && range.To <= exists)) continue;
            refusal = Reply.Bad("No such message sequence number");
            return false;
        }

        if (exists > 0) return true;
        refusal = Reply.Done("No messages") with { Sync = scope };
        return false;
    }
}
