namespace MailGrains.Bench.Generator;

/// <summary>A conversation that is going on: what a reply needs to know of the messages before it.</summary>
/// <param name="subject">Without <c>Re:</c>.</param>
/// <param name="list">The mailing list it runs on, if any.</param>
public sealed class MessageThread(string subject, string? list)
{
    private const int MostReferences = 20;
    private readonly List<string> _ids = [];

    public string Subject => subject;

    public string? List => list;

    public bool IsReply => _ids.Count > 0;

    /// <summary>The message ids a reply refers to: the first one always, then the latest.</summary>
    public IReadOnlyList<string> References =>
        _ids.Count <= MostReferences ? [.. _ids] : [_ids[0], .. _ids.TakeLast(MostReferences - 1)];

    public string LastId => _ids[^1];

    /// <summary>The text last written, which replies quote.</summary>
    public string LastText { get; private set; } = "";

    public void Add(string messageId, string text)
    {
        _ids.Add(messageId);
        LastText = text;
    }
}
