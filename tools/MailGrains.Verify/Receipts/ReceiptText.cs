using System.Buffers;
using System.Buffers.Text;
using MailGrains.Verify.Files;

namespace MailGrains.Verify.Receipts;

/// <summary>receipt = "r1." base64url(account, 16 octets) "." sequence "." base64url(chain hash, 32 octets).</summary>
internal sealed record ReceiptText(Guid Account, long Sequence, Digest Hash)
{
    /// <summary>Characters of the longest.</summary>
    public const int MaxLength = 89;

    /// <summary>Null when the text is anything else.</summary>
    public static ReceiptText? TryParse(string text)
    {
        if (text.Length > MaxLength || text.Split('.') is not ["r1", { Length: 22 } account, var number, { Length: 43 } hash]) return null;
        if (ExportFolder.Number(number) is not (> 0 and var sequence)) return null;
        return Decode(account, 16) is { } id && Decode(hash, Digest.Length) is { } digest
            ? new ReceiptText(new Guid(id, bigEndian: true), sequence, Digest.Read(digest))
            : null;
    }

    private static byte[]? Decode(string text, int octets)
    {
        var decoded = new byte[octets + 3];
        if (Base64Url.DecodeFromChars(text, decoded, out _, out var written) != OperationStatus.Done || written != octets) return null;
        return Base64Url.EncodeToString(decoded.AsSpan(0, octets)) == text ? decoded[..octets] : null;
    }
}
