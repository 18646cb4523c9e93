namespace MailGrains.TestKit.Checking;

/// <summary>
/// What is known from outside about one message of one user. After an acknowledged operation there is one possible state; an operation whose
/// answer never came leaves two, before and after. Only one session works on a message at a time, so there are never more.
/// </summary>
internal sealed class MessageHistory(string user, string token, byte[] content)
{
    private readonly Dictionary<string, int> _done = [];
    private string? _pending;

    public string User => user;

    /// <summary>Unique; stands in the message's subject.</summary>
    public string Token => token;

    public byte[] Content => content;

    /// <summary>It came by LMTP: trace headers stand before the content.</summary>
    public bool Delivered { get; init; }

    /// <summary>The envelope's sender, for delivering it again as an MTA does.</summary>
    public string Sender { get; init; } = "";

    /// <summary>What the server gave as proof of the delivery; null as long as it didn't.</summary>
    public string? Receipt { get; set; }

    /// <summary>States the server may be in.</summary>
    public IReadOnlyList<IReadOnlyList<Placement>> Possible { get; private set; } = [[]];

    /// <summary>Kinds of events that must be in the log, with their number.</summary>
    public IReadOnlyDictionary<string, int> Events => _done;

    /// <summary>Whether the first operation, which brings the message, was acknowledged or seen.</summary>
    public bool Arrived => _done.Count > 0;

    public bool IsCertain => Possible.Count == 1;

    /// <summary>An operation is about to be sent.</summary>
    /// <param name="eventType">The event it leaves when it takes place.</param>
    public void Begin(string eventType, Func<IReadOnlyList<Placement>, IReadOnlyList<Placement>> effect)
    {
        if (!IsCertain) throw new InvalidOperationException("An operation on a message in an uncertain state.");
        _pending = eventType;
        Possible = [Possible[0], effect(Possible[0])];
    }

    /// <summary>The server said that it is done.</summary>
    /// <param name="learnt">Fills in the UIDs the answer told.</param>
    public void Acknowledged(Func<IReadOnlyList<Placement>, IReadOnlyList<Placement>>? learnt = null)
    {
        var after = Possible[^1];
        Settle(learnt?.Invoke(after) ?? after, happened: true);
    }

    /// <summary>The server said that it did nothing.</summary>
    public void Refused() => Settle(Possible[0], happened: false);

    /// <summary>After a restart: what is seen is one of the possible states, and is from now on the only one.</summary>
    public void Observed(int state, IReadOnlyList<Placement> seen) => Settle(seen, happened: state == 1);

    private void Settle(IReadOnlyList<Placement> state, bool happened)
    {
        if (_pending is not null && happened) _done[_pending] = _done.GetValueOrDefault(_pending) + 1;
        _pending = null;
        Possible = [state];
    }
}
