using System.Buffers.Text;
using System.Globalization;
using System.Text;
using MailGrains.Model;

namespace MailGrains.Frontends.Imap.Session;

/// <summary>
/// Object ids (RFC 8474): M for contents, F for mailboxes, then the number within the account and the account, so that they are unique
/// among all accounts.
/// </summary>
internal sealed class ObjectIds
{
    private const int MaxEmailId = 64;

    private readonly string _suffix;
    private readonly byte[] _room = new byte[MaxEmailId];

    public ObjectIds(AccountId account)
    {
        Span<byte> octets = stackalloc byte[16];
        account.Value.TryWriteBytes(octets);
        _suffix = "-" + Base64Url.EncodeToString(octets);
    }

    public string OfFolder(FolderId folder) => string.Create(CultureInfo.InvariantCulture, $"F{folder.Value}{_suffix}");

    /// <summary>EMAILID; valid until the next call.</summary>
    public ReadOnlySpan<byte> OfEmail(EmailId email)
    {
        _room[0] = (byte)'M';
        Utf8Formatter.TryFormat(email.Value, _room.AsSpan(1), out var written);
        return _room.AsSpan(0, 1 + written + Encoding.ASCII.GetBytes(_suffix, _room.AsSpan(1 + written)));
    }

    /// <summary>The content a client's EMAILID names; null when it is none of this account's.</summary>
    public EmailId? EmailOf(string objectId)
    {
        if (objectId.Length <= _suffix.Length + 1 || objectId[0] != 'M' || !objectId.EndsWith(_suffix, StringComparison.Ordinal)) return null;
        var number = objectId.AsSpan(1, objectId.Length - 1 - _suffix.Length);
        return long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? new EmailId(value) : null;
    }
}
