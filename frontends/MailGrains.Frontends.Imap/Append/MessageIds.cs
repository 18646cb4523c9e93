using MailGrains.Mime.Headers;
using MailGrains.Model.Summary;

namespace MailGrains.Frontends.Imap.Append;

/// <summary>The Message-ID of a message, for events and logs.</summary>
internal static class MessageIds
{
    private static readonly int Field = CachedFields.IndexOf("message-id");

    /// <summary>As <see cref="MessageIdText"/> tells it; null when there is none.</summary>
    public static string? Of(in MessageSummary summary)
    {
        foreach (var (field, lines) in summary.CachedHeaders)
        {
            if (field != Field) continue;
            var line = lines.Span;
            return MessageIdText.Of(line[(line.IndexOf((byte)':') + 1)..]);
        }

        return null;
    }
}
