using System.Text;
using MailGrains.Mime.Building;

namespace MailGrains.Mime.Headers;

/// <summary>The Message-ID as events, logs and references tell it.</summary>
public static class MessageIdText
{
    /// <summary>Octets of a line without its end (RFC 5322 section 2.1.1): what is longer identifies nothing.</summary>
    private const int Longest = 998;

    /// <summary>The field's value without angle brackets; null where there is none that can be told.</summary>
    public static string? Of(ReadOnlySpan<byte> value)
    {
        value = value.Trim(" \t\r\n"u8);
        if (value is [(byte)'<', .. var inner, (byte)'>']) value = inner;
        if (value.Length is 0 or > Longest || value.ContainsAnyInRange((byte)0, (byte)0x1f) || value.Contains((byte)0x7f)) return null;
        return Encoding.UTF8.GetString(value);
    }

    /// <summary>The ids in angle brackets in their order: References, In-Reply-To, also a Message-ID with something around it.</summary>
    public static IReadOnlyList<string> Bracketed(ReadOnlySpan<byte> value)
    {
        var ids = new List<string>();
        while (MessageIds.TryNext(ref value, out var id))
        {
            if (id.Length <= Longest)
                ids.Add(Encoding.UTF8.GetString(id));
        }

        return ids;
    }
}
