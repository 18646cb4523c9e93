using System.Security.Cryptography;
using MailGrains.Model;

namespace MailGrains.Frontends.Imap.Session;

/// <summary>Names for commands that must not be carried out twice, so that their calls may be repeated.</summary>
internal static class Operations
{
    public static BlobId New()
    {
        Span<byte> random = stackalloc byte[BlobId.Length];
        RandomNumberGenerator.Fill(random);
        return BlobId.Read(random);
    }
}
