using MailGrains.Subscribers;
using MailGrains.Views;

namespace MailGrains.Outputs.Webhooks;

/// <summary>Who is told of events, and how.</summary>
public sealed record WebhookOptions(Uri Url, ViewOptions View)
{
    /// <summary>What signs requests; null: they aren't signed.</summary>
    public SecretFile? Secret { get; init; }

    public ViewKind Kind { get; init; } = ViewKind.Json;

    /// <summary>Messages that came have their ENVELOPE and BODYSTRUCTURE.</summary>
    public bool HasStructure { get; init; }

    /// <summary>Header fields that documents of Bonnie's log show.</summary>
    public IReadOnlyList<string> Headers { get; init; } = [];

    /// <summary>A line for each object (NDJSON) and no array.</summary>
    public bool IsLines { get; init; }

    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    public int MaxBytes { get; init; } = 5_000_000;
}
