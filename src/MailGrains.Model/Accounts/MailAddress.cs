using System.Globalization;
using Orleans;

namespace MailGrains.Model.Accounts;

/// <summary>
/// A mail address in the one form under which accounts are found: lower case, domain in ASCII (IDNA), no trailing dot, the local part without
/// the detail after '+'.
/// </summary>
[GenerateSerializer, Immutable]
public readonly record struct MailAddress
{
    public const int MaxLength = 254;

    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    private MailAddress(string localPart, string domain, string? detail)
    {
        LocalPart = localPart;
        Domain = domain;
        Detail = detail;
    }

    [Id(0)] public string LocalPart { get; }

    [Id(1)] public string Domain { get; }

    /// <summary>What stood after the first '+' (RFC 5233), in its own case; null when there was none.</summary>
    [Id(2)] public string? Detail { get; }

    /// <summary>The address without detail: the key of the directory.</summary>
    public string Key => $"{LocalPart}@{Domain}";

    /// <summary>Reads <c>local@domain</c> without angle brackets and quotes; false when no account could ever have such an address.</summary>
    public static bool TryParse(string? text, out MailAddress address)
    {
        address = default;
        if (text is null || text.Length > MaxLength) return false;
        var at = text.LastIndexOf('@');
        if (at <= 0 || at == text.Length - 1) return false;

        if (!TryNormalize(text[..at], out var local) || local.Length > 64 || local.Any(IsForbidden)) return false;

        string? detail = null;
        var plus = local.IndexOf('+', StringComparison.Ordinal);
        if (plus > 0) (local, detail) = (local[..plus], local[(plus + 1)..]);

        if (!TryCanonicalDomain(text[(at + 1)..], out var domain)) return false;
        address = new MailAddress(local.ToLowerInvariant(), domain, detail);
        return address.Key.Length <= MaxLength;
    }

    public override string ToString() => Key;

    private static bool TryNormalize(string text, out string normal)
    {
        try
        {
            normal = text.Normalize();
            return true;
        }
        catch (ArgumentException)
        {
            normal = ""; // a lone surrogate: no text at all
            return false;
        }
    }

    /// <summary>Beside what would need quotes: what can't be seen, and so would make two accounts look like one.</summary>
    private static bool IsForbidden(char c) => c is <= ' ' or '"' or '<' or '>' or '@' || char.GetUnicodeCategory(c)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse;

    private static bool TryCanonicalDomain(string text, out string domain)
    {
        domain = "";
        try
        {
            domain = Idn.GetAscii(text.EndsWith('.') ? text[..^1] : text).ToLowerInvariant();
            return domain.Length > 0 && domain[^1] != '.';
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
