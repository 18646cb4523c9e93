using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace MailGrains.Model.Folders;

/// <summary>
/// The rules for folder names. A path is a sequence of levels separated by '/', in Unicode NFC; its first level is <c>INBOX</c> however
/// the client cases it (RFC 9051 section 5.1). Names that could trick a reader or another program are refused, never repaired.
/// </summary>
public static class FolderPath
{
    public const string Inbox = "INBOX";

    public const char Separator = '/';

    /// <summary>Octets of one level in UTF-8.</summary>
    public const int MaxLevelOctets = 255;

    /// <summary>Octets of a whole path in UTF-8.</summary>
    public const int MaxOctets = 1000;

    public const int MaxLevels = 20;

    /// <summary>The canonical form of a name as a client gave it; false when no folder can have that name.</summary>
    public static bool TryNormalize(string? name, [NotNullWhen(true)] out string? path)
    {
        path = null;
        if (string.IsNullOrEmpty(name) || name.Length > MaxOctets || !HasOnlyFairCharacters(name)) return false;

        var normal = name.IsNormalized(NormalizationForm.FormC) ? name : name.Normalize(NormalizationForm.FormC);
        if (Encoding.UTF8.GetByteCount(normal) > MaxOctets || !HasFairLevels(normal)) return false;

        path = WithCanonicalInbox(normal);
        return true;
    }

    /// <summary>The path one level up, or null at the top.</summary>
    public static string? ParentOf(string path)
    {
        var cut = path.LastIndexOf(Separator);
        return cut < 0 ? null : path[..cut];
    }

    /// <summary>True when <paramref name="path"/> lies below <paramref name="ancestor"/>, at any depth.</summary>
    public static bool IsBelow(string path, string ancestor) =>
        path.Length > ancestor.Length && path[ancestor.Length] == Separator && path.StartsWith(ancestor, StringComparison.Ordinal);

    private static bool HasOnlyFairCharacters(string name)
    {
        for (var i = 0; i < name.Length; i++)
        {
            var c = name[i];
            if (char.IsHighSurrogate(c))
            {
                if (i + 1 == name.Length || !char.IsLowSurrogate(name[++i])) return false;
                continue;
            }

            if (char.IsLowSurrogate(c) || char.IsControl(c) || IsTreacherous(c)) return false;
        }

        return true;
    }

    /// <summary>
    /// Line separators (RFC 5198 section 2), bidi overrides and isolates, which make one name look like another, noncharacters, and the
    /// replacement character, which says that the name was damaged on its way.
    /// </summary>
    private static bool IsTreacherous(char c) =>
        c is '\u2028' or '\u2029' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or (>= '\uFFFD' and <= '\uFFFF');

    private static bool HasFairLevels(string path)
    {
        var levels = 0;
        foreach (var range in path.AsSpan().Split(Separator))
        {
            var level = path.AsSpan(range);
            if (++levels > MaxLevels || level is "" or "." or "..") return false;
            if (Encoding.UTF8.GetByteCount(level) > MaxLevelOctets) return false;
        }

        return true;
    }

    private static string WithCanonicalInbox(string path)
    {
        if (!path.StartsWith(Inbox, StringComparison.OrdinalIgnoreCase)) return path;
        if (path.Length > Inbox.Length && path[Inbox.Length] != Separator) return path;
        return string.Concat(Inbox, path.AsSpan(Inbox.Length));
    }
}
