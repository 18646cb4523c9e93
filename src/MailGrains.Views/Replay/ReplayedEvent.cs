using System.Text.Json;
using MailGrains.Storage.Events;

namespace MailGrains.Views.Replay;

/// <summary>An event that is about to be replayed.</summary>
public sealed class ReplayedEvent : IDisposable
{
    private ReplayedEvent(EventPayload payload) => Payload = payload;

    public long Sequence => Payload.Record.Event.Sequence;

    /// <summary>The highest MODSEQ of the mailbox after it; 0: it doesn't say.</summary>
    public long ModSeq => Payload.Number("modseq") ?? 0;

    internal EventPayload Payload { get; }

    /// <summary>Null: its payload is no JSON.</summary>
    public static ReplayedEvent? TryRead(EventRecord record)
    {
        try
        {
            return new ReplayedEvent(EventPayload.Of(record));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public void Dispose() => Payload.Dispose();
}
