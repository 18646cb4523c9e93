using System.Collections.Frozen;
using System.Text;

namespace MailGrains.Model.Summary;

/// <summary>
/// The header fields whose lines a summary keeps verbatim: what mail clients ask for when they list a folder.
/// The order is part of the stored format (a bit each in the mask of fields that did not fit); add at the end with a new
/// summary version only.
/// </summary>
public static class CachedFields
{
    /// <summary>Lines of one name beyond this many octets are left out and the field counts as not covered.</summary>
    public const int MaxFieldOctets = 4 * 1024;

    /// <summary>All lines together.</summary>
    public const int MaxTotalOctets = 16 * 1024;

    private static readonly string[] s_names =
    [
        "from", "to", "cc", "bcc", "reply-to", "sender", "subject", "date", "message-id", "in-reply-to", "references",
        "content-type", "content-transfer-encoding", "content-description", "content-disposition", "mime-version",
        "priority", "x-priority", "importance", "newsgroups", "lines", "list-id", "list-post", "list-unsubscribe",
        "list-subscribe", "list-unsubscribe-post", "return-path", "delivered-to", "x-original-to", "x-label", "x-tuid",
        "disposition-notification-to", "auto-submitted", "x-spam-flag", "x-uniform-type-identifier",
        "x-universally-unique-identifier", "x-k9mail-identity", "chat-version", "x-draft-info", "followup-to",
    ];

    private static readonly FrozenDictionary<string, int> s_index =
        s_names.Select((name, index) => (name, index)).ToFrozenDictionary(n => n.name, n => n.index, StringComparer.OrdinalIgnoreCase);

    private static readonly int s_longest = s_names.Max(n => n.Length);

    // One bucket per length and first letter: 40 names fall into buckets of one or two, without decoding the header's bytes.
    private static readonly int[][] s_buckets = Buckets();

    public static IReadOnlyList<string> Names => s_names;

    /// <summary>The field's number, or -1.</summary>
    public static int IndexOf(string name) => s_index.GetValueOrDefault(name, -1);

    /// <inheritdoc cref="IndexOf(string)"/>
    public static int IndexOf(ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty || name.Length > s_longest)
            return -1;
        foreach (var index in s_buckets[Bucket(name.Length, name[0])])
        {
            if (Ascii.EqualsIgnoreCase(name, s_names[index]))
                return index;
        }

        return -1;
    }

    private static int Bucket(int length, int first) => (length << 5) | (first & 0x1F);

    private static int[][] Buckets()
    {
        var buckets = new List<int>[(s_longest + 1) << 5];
        for (var i = 0; i < s_names.Length; i++)
            (buckets[Bucket(s_names[i].Length, s_names[i][0])] ??= []).Add(i);
        return [.. buckets.Select(b => b?.ToArray() ?? [])];
    }
}
