using Orleans;

namespace MailGrains.Grains.Contracts.Sessions;

/// <summary>Names one session of one connection; made by the frontend, unique for ever, in logs and events.</summary>
/// <param name="Value">What others know it by.</param>
/// <param name="Opening">
/// Counts how often its frontend opened it. A call whose answer did not come may still be under way when the session has been opened anew, and would
/// then select a folder the client has left, or tell nobody of a change: the mailbox does not carry out what an earlier opening asked for.
/// </param>
[GenerateSerializer, Immutable]
public readonly record struct SessionId([property: Id(0)] Guid Value, [property: Id(1)] int Opening = 0)
{
    /// <summary>For acts that no session causes (administration).</summary>
    public static readonly SessionId None;

    public static SessionId New(TimeProvider time) => new(Guid.CreateVersion7(time.GetUtcNow()));

    /// <summary>The same session, opened once more.</summary>
    public SessionId Anew() => this with { Opening = Opening + 1 };

    public override string ToString() => Value.ToString("N");
}
