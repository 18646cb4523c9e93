using System.Buffers;
using System.Buffers.Text;
using System.Globalization;

namespace MailGrains.Model;

/// <summary>
/// Names one event and says what it is: whoever keeps the text can show later that the event was changed or is gone. Text form:
/// <c>r1.account.sequence.hash</c>, the account's 16 octets (big-endian) and the hash's 32 in base64url without padding (RFC 4648 section 5).
/// </summary>
/// <param name="Sequence">Of the event in its mailbox, from 1.</param>
/// <param name="Hash">The event's chain hash.</param>
public readonly record struct Receipt(AccountId Account, long Sequence, BlobId Hash)
{
    /// <summary>Characters of the longest receipt.</summary>
    public const int MaxLength = 3 + AccountLength + 1 + 19 + 1 + HashLength;

    private const string Prefix = "r1.";
    private const int AccountLength = 22;
    private const int HashLength = 43;

    /// <summary>receipt = "r1." 22base64url "." sequence "." 43base64url. False when it is anything else; one event has one text.</summary>
    public static bool TryParse(string? text, out Receipt receipt)
    {
        receipt = default;
        if (text is null || text.Length > MaxLength || !text.StartsWith(Prefix, StringComparison.Ordinal)) return false;
        var parts = text[Prefix.Length..].Split('.');
        if (parts.Length != 3 || parts[0].Length != AccountLength || parts[2].Length != HashLength || parts[1].StartsWith('0')) return false;
        if (!long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)) return false;
        Span<byte> account = stackalloc byte[AccountLength];
        Span<byte> hash = stackalloc byte[HashLength];
        if (!TryDecode(parts[0], account, 16) || !TryDecode(parts[2], hash, BlobId.Length)) return false;

        // The last character has bits that mean nothing; only the text with zeros there is the receipt.
        var read = new Receipt(new AccountId(new Guid(account[..16], bigEndian: true)), sequence, BlobId.Read(hash));
        if (read.ToString() != text) return false;
        receipt = read;
        return true;
    }

    public override string ToString()
    {
        Span<byte> account = stackalloc byte[16];
        Account.Value.TryWriteBytes(account, bigEndian: true, out _);
        return string.Create(
            CultureInfo.InvariantCulture, $"{Prefix}{Base64Url.EncodeToString(account)}.{Sequence}.{Base64Url.EncodeToString(Hash.ToArray())}");
    }

    private static bool TryDecode(string text, Span<byte> destination, int octets) =>
        Base64Url.DecodeFromChars(text, destination, out _, out var written) == OperationStatus.Done && written == octets;
}
