using System.Security.Cryptography;
using System.Text;
using MailGrains.Grains.Contracts.Directory;
using MailGrains.Model.Accounts;

namespace MailGrains.Frontends.Authentication;

/// <summary>Who a client says it is, and what the directory knows of that.</summary>
/// <param name="Name">The name that was typed, canonical; whole, detail and all, because with a detail it names no account.</param>
/// <param name="Closed">Nobody can log in by this name: the account or the name's domain is disabled.</param>
internal sealed record Claimant(string Name, AccountCredentials? Credentials, bool Closed)
{
    /// <summary>What failures are counted under: an account's names are counted together.</summary>
    public string CountedAs => Credentials?.Login ?? Name;

    public bool MayLogIn => Credentials is { Disabled: false } && !Closed;

    public static string NameOf(string user) => !MailAddress.TryParse(user, out var address) ? "invalid:" + Digest(user)
        : address.Detail is null ? address.Key
        : $"{address.LocalPart}+{address.Detail}@{address.Domain}";

    /// <summary>What is no address names no account, but is treated as if it might: counted on its own, with a salt of its own.</summary>
    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
}
