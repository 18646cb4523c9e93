using System.Security.Cryptography;
using System.Text;
using MailGrains.Model;

namespace MailGrains.Frontends.Lmtp.Delivering;

/// <summary>
/// The name of one delivery. It depends on nothing but the mailbox, the sender and the bytes, so that a relay that did not hear the 250
/// and tries again, on whichever connection and node, names the same delivery.
/// </summary>
internal static class DeliveryOperation
{
    private const int GuidLength = 16;

    // Keeps these names apart from any other use of SHA-256; the number is the version of this rule.
    private static ReadOnlySpan<byte> Domain => "mailgrains.lmtp.delivery.1\0"u8;

    public static BlobId Of(AccountId account, string sender, BlobId body)
    {
        var length = Domain.Length + GuidLength + BlobId.Length + Encoding.UTF8.GetByteCount(sender);
        Span<byte> name = length <= 1024 ? stackalloc byte[length] : new byte[length];
        Domain.CopyTo(name);
        var rest = name[Domain.Length..];
        account.Value.TryWriteBytes(rest);
        body.Write(rest[GuidLength..]);
        Encoding.UTF8.GetBytes(sender, rest[(GuidLength + BlobId.Length)..]);
        return BlobId.Of(name);
    }
}
