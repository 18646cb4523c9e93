using System.Buffers;
using System.Collections.Immutable;
using MailGrains.Model;

namespace MailGrains.Grains.Mailboxes.Turns;

/// <summary>Flag names as clients send them to bits of the mailbox's keyword table.</summary>
internal static class FlagNames
{
    // RFC 9051 section 9: flag-keyword = atom; atom-specials are ( ) { SP CTL % * " \ ]
    private static readonly SearchValues<char> AtomChars =
        SearchValues.Create("!#$&'+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[^_`abcdefghijklmnopqrstuvwxyz|}~");

    /// <summary>The bits of these flags; keywords the mailbox doesn't know yet are added to its table.</summary>
    public static MessageFlags Add(MailboxTurn turn, ImmutableArray<string> names)
    {
        var flags = MessageFlags.None;
        var table = turn.State.Keywords;
        foreach (var name in names)
        {
            if (!table.TryGet(name, out var flag))
            {
                Check(name);
                if (table.Keywords.Length >= Math.Min(turn.Limits.MaxKeywords, MessageFlags.MaxKeywords))
                    throw MailboxFault.Limit("Too many keywords in this mailbox");
                flag = MessageFlags.Keyword(table.Keywords.Length);
                table = table.Add(name);
            }

            flags |= flag;
        }

        if (!ReferenceEquals(table, turn.State.Keywords)) turn.SetKeywords(table);
        return flags;
    }

    /// <summary>The bits of these flags; unknown keywords are set on no message and have none.</summary>
    public static MessageFlags Known(KeywordTable table, ImmutableArray<string> names)
    {
        var flags = MessageFlags.None;
        foreach (var name in names)
        {
            if (table.TryGet(name, out var flag)) flags |= flag;
            else Check(name);
        }

        return flags;
    }

    private static void Check(string name)
    {
        if (name.StartsWith('\\')) throw MailboxFault.Cannot("Flag can't be stored");
        if (name.Length is 0 or > MailboxLimits.MaxKeywordOctets || name.AsSpan().ContainsAnyExcept(AtomChars))
            throw MailboxFault.Cannot("Keyword is not allowed");
    }
}
