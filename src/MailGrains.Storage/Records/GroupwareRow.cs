using System.Text;
using MailGrains.Model;

namespace MailGrains.Storage.Records;

/// <summary>That a content of a mailbox is a groupware object. Of one object there is a row for each of its revisions.</summary>
/// <param name="Uid">The object's own name, as programs of calendars and address books give it; compared octet by octet.</param>
/// <param name="Email">The content, which keeps this name when its message is copied or moved.</param>
/// <param name="Blob">The message as it was received.</param>
public sealed record GroupwareRow(AccountId Account, GroupwareKind Kind, string Uid, EmailId Email, BlobId Blob)
{
    /// <summary>Octets of the longest UID in UTF-8 (RFC 7986 section 5.3 recommends no more).</summary>
    public const int MaxUidOctets = 255;

    /// <summary>Whether there can be rows with this UID: not empty, not too long, without controls and halves of characters.</summary>
    public static bool IsUid(string uid)
    {
        if (uid.Length is 0 or > MaxUidOctets) return false;
        foreach (var rune in uid.EnumerateRunes())
            if (rune == Rune.ReplacementChar || Rune.IsControl(rune)) return false;
        return Encoding.UTF8.GetByteCount(uid) <= MaxUidOctets;
    }
}
