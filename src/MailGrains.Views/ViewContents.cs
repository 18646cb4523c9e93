using System.Collections.Frozen;
using MailGrains.Mime.Headers;
using MailGrains.Model;
using MailGrains.Model.Summary;

namespace MailGrains.Views;

/// <summary>What was read of the messages an event is about; views show what is there.</summary>
public sealed record ViewContents
{
    public static ViewContents None { get; } = new();

    /// <summary>For ENVELOPE and BODYSTRUCTURE.</summary>
    public IReadOnlyDictionary<BlobId, MessageSummary> Summaries { get; init; } = FrozenDictionary<BlobId, MessageSummary>.Empty;

    /// <summary>Header fields.</summary>
    public IReadOnlyDictionary<BlobId, IReadOnlyList<HeaderField>> Headers { get; init; } = FrozenDictionary<BlobId, IReadOnlyList<HeaderField>>.Empty;
}
