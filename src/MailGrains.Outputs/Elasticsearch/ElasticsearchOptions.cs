using MailGrains.Subscribers;
using MailGrains.Views;

namespace MailGrains.Outputs.Elasticsearch;

/// <summary>Where documents go.</summary>
/// <param name="View">Names of the server and of the indexes.</param>
public sealed record ElasticsearchOptions(Uri Url, ViewOptions View)
{
    /// <summary>
    /// Header fields shown unless others are named. Not all that come: each name is a field of the index, which has room for a thousand, and senders make up
    /// names.
    /// </summary>
    public static readonly IReadOnlyList<string> UsualHeaders =
    [
        "From", "To", "Cc", "Bcc", "Sender", "Reply-To", "Subject", "Date", "Message-ID", "In-Reply-To", "References", "Return-Path", "Received",
        "MIME-Version", "Content-Type", "Content-Transfer-Encoding", "User-Agent", "X-Mailer", "List-Id", "Auto-Submitted", "Precedence", "Importance",
        "X-Priority", "X-Sender", "X-Spam-Flag", "X-Spam-Score", "X-Spam-Status", "X-Virus-Scanned", "X-Kolab-Type", "X-Kolab-Mime-Version",
    ];

    public string? User { get; init; }

    /// <summary>Of the user.</summary>
    public SecretFile? Password { get; init; }

    /// <summary>An API key in the form the server hands out, instead of a user.</summary>
    public SecretFile? ApiKey { get; init; }

    /// <summary>Header fields shown in documents; empty: headers are not read.</summary>
    public IReadOnlyList<string> Headers { get; init; } = UsualHeaders;

    /// <summary>Whether the template of the indexes is put there first.</summary>
    public bool PutsTemplate { get; init; } = true;

    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Octets of one request.</summary>
    public int MaxBytes { get; init; } = 5_000_000;
}
