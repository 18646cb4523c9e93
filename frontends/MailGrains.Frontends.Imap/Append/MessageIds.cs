using System.Text;
using MailGrains.Model.Summary;

namespace MailGrains.Frontends.Imap.Append;

/// <summary>The Message-ID of a message, for events and logs.</summary>
internal static class MessageIds
{
    private const int MaxLength = 250;

    private static readonly int Field = CachedFields.IndexOf("message-id");

    /// <summary>Without angle brackets; null where there is none that can be told.</summary>
    public static string? Of(in MessageSummary summary)
    {
        foreach (var (field, lines) in summary.CachedHeaders)
        {
            if (field != Field) continue;
            var line = lines.Span;
            var value = line[(line.IndexOf((byte)':') + 1)..].Trim(" \t\r\n"u8);
            if (value is [(byte)'<', .. var inner, (byte)'>']) value = inner;
            return value.Length is > 0 and <= MaxLength && !value.ContainsAnyExceptInRange((byte)0x20, (byte)0x7e) ? Encoding.ASCII.GetString(value) : null;
        }

        return null;
    }
}
