using MailGrains.Grains.Contracts.Messages;
using MailGrains.Grains.Mailboxes.State;
using MailGrains.Model;
using MailGrains.Model.Columns;

namespace MailGrains.Grains.Mailboxes.Turns;

/// <summary>
/// Which messages' flags are, after a silent STORE, what its client takes them for: as it knew them, changed as it asked. The flags of the others
/// were changed by somebody else, before or after, and the client has to be told (RFC 9051 section 6.4.6).
/// </summary>
/// <param name="keywords">The table with the request's keywords; one that is not in it is on no message.</param>
internal sealed class ExpectedFlags(KeywordTable keywords, StoreRequest request)
{
    private readonly MessageFlags _flags = FlagNames.Known(keywords, request.Flags);

    /// <param name="known">The folder as the client knew it when it asked.</param>
    /// <param name="now">The folder as it is.</param>
    /// <param name="uids">Messages the client knew.</param>
    public UidSet Of(FolderMessages known, FolderMessages now, UidSet uids)
    {
        var expected = new UidSetBuilder();
        var before = new MessageRows(known.SlicesOfUids(uids)).GetEnumerator();
        foreach (var row in new MessageRows(now.SlicesOfUids(uids)))
        {
            // Those passed over were expunged meanwhile.
            do before.MoveNext();
            while (before.Current.Uid < row.Uid);
            if (row.Flags == FlagTurn.After(before.Current.Flags, request.Mode, _flags)) expected.Add(row.Uid);
        }

        return expected.Build();
    }
}
