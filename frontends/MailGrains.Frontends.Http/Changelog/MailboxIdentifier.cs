using System.Text;
using MailGrains.Imap;
using MailGrains.Model.Folders;

namespace MailGrains.Frontends.Http.Changelog;

/// <summary>
/// A folder as clients of the changelog name it: by its path, or as Kolab does, <c>user/john.doe/Calendar/Private@example.org</c>, with the path in IMAP's
/// modified UTF-7 (RFC 3501 section 5.1.3).
/// </summary>
/// <param name="Owner">Null where the identifier names none.</param>
/// <param name="Path">Canonical.</param>
internal sealed record MailboxIdentifier(string? Owner, string Path)
{
    private const string Prefix = "user/";

    /// <summary>Null: no folder can be called so.</summary>
    public static MailboxIdentifier? TryParse(string text)
    {
        var at = text.LastIndexOf('@');
        if (!text.StartsWith(Prefix, StringComparison.Ordinal) || at < Prefix.Length || text.IndexOf('/', at) >= 0) return Of(null, text);

        var name = text[Prefix.Length..at];
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        var local = slash < 0 ? name : name[..slash];
        var owner = local.Contains('@', StringComparison.Ordinal) ? local : local + text[at..];
        return Of(owner, slash < 0 ? FolderPath.Inbox : Decode(name[(slash + 1)..]));
    }

    /// <summary>Kolab's identifier of a folder in the mailbox of the account with this login.</summary>
    public static string Format(string login, string path)
    {
        var at = login.LastIndexOf('@');
        return $"{Prefix}{login[..at]}/{ModifiedUtf7.Encode(path)}{login[at..]}";
    }

    private static MailboxIdentifier? Of(string? owner, string? path) => FolderPath.TryNormalize(path, out var normal) ? new(owner, normal) : null;

    /// <summary>Clients that speak UTF-8 with the server write the name as it is.</summary>
    private static string? Decode(string name) => Ascii.IsValid(name) ? ModifiedUtf7.Decode(Encoding.ASCII.GetBytes(name)) : name;
}
