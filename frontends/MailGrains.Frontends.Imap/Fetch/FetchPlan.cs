using System.Collections.Immutable;
using MailGrains.Grains.Contracts.Messages;
using MailGrains.Imap.Commands;
using MailGrains.Mime.Sections;
using MailGrains.Model.Summary;

namespace MailGrains.Frontends.Imap.Fetch;

/// <summary>The items of a FETCH in the order in which they are written, and what has to be read for them.</summary>
internal sealed class FetchPlan
{
    private readonly bool _binary;
    private readonly bool _nothing;
    private readonly SectionPath[] _sections;

    public FetchPlan(ImmutableArray<FetchItem> items)
    {
        Steps = [.. items.Select(FetchStep.Of)];
        SetsSeen = items.Any(i => i.SetsSeen);
        Has = items.OfType<FetchItem.Simple>().Aggregate(0, (set, item) => set | 1 << (int)item.Attribute);
        _binary = Array.Exists(Steps, s => s.Kind is FetchStepKind.Binary or FetchStepKind.BinarySize);
        _nothing = Array.Exists(Steps, s => s.Kind is FetchStepKind.Nothing or FetchStepKind.NoSize);
        Content = Steps.Aggregate(ContentAccess.None, (most, step) => step.Content > most ? step.Content : most);
        _sections = [.. Steps.Where(s => s.Kind == FetchStepKind.Section).Select(s => s.Path)];
        NeedsRecords = MayNeedBodies || Includes(FetchAttribute.Envelope) || Includes(FetchAttribute.Body) || Includes(FetchAttribute.BodyStructure);
    }

    public FetchStep[] Steps { get; }

    /// <summary>Whether a fetched message becomes \Seen (RFC 9051 section 6.4.5).</summary>
    public bool SetsSeen { get; }

    /// <summary>What of the messages is shown.</summary>
    public ContentAccess Content { get; }

    /// <summary>False where index rows are enough.</summary>
    public bool NeedsRecords { get; }

    /// <summary>Whether more than attributes is written: octets of messages may be needed, the summary decides for each.</summary>
    public bool MayNeedBodies => _binary || _nothing || _sections.Length > 0;

    private int Has { get; }

    public bool Includes(FetchAttribute attribute) => (Has & 1 << (int)attribute) != 0;

    public bool NeedsBody(in MessageSummary summary)
    {
        if (_binary) return true;
        foreach (var section in _sections)
        {
            if (SectionReader.NeedsBlob(summary, section)) return true;
        }

        return false;
    }
}
