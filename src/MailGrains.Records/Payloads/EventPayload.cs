using MailGrains.Model;

namespace MailGrains.Records.Payloads;

/// <summary>What the records need of an event's payload. A member that is absent has its default.</summary>
internal sealed class EventPayload
{
    /// <summary>Login of who did it, or his id, or that it was an administrator.</summary>
    public string? Actor { get; set; }

    public PayloadFolder? Folder { get; set; }

    /// <summary>Where messages came from.</summary>
    public FolderId? OldFolder { get; set; }

    public List<PayloadMessage> Messages { get; } = [];

    public string? Case { get; set; }
}
