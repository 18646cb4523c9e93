using System.Collections.Immutable;
using System.Text;

namespace MailGrains.Frontends.Imap.Session;

/// <summary>What goes into events of the things a client tells in ID (RFC 2971): its name and version, cut to a length and in one line.</summary>
internal static class ClientIds
{
    private const int MaxName = 64;
    private const int MaxVersion = 32;

    /// <returns>name/version, or the name alone; null when the client doesn't tell its name.</returns>
    public static string? Of(ImmutableArray<KeyValuePair<string, string?>> parameters)
    {
        var name = Field(parameters, "name", MaxName);
        if (name.Length == 0) return null;
        var version = Field(parameters, "version", MaxVersion);
        return version.Length == 0 ? name : $"{name}/{version}";
    }

    private static string Field(ImmutableArray<KeyValuePair<string, string?>> parameters, string field, int limit)
    {
        var value = parameters.FirstOrDefault(p => field.Equals(p.Key, StringComparison.OrdinalIgnoreCase)).Value ?? "";
        var text = new StringBuilder(limit);
        foreach (var rune in value.EnumerateRunes())
        {
            if (Rune.IsControl(rune)) continue;
            if (text.Length + rune.Utf16SequenceLength > limit) break;
            text.Append(rune.ToString());
        }

        return text.ToString().Trim();
    }
}
