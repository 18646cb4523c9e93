using Orleans;

namespace MailGrains.Grains.Contracts.Sessions;

/// <summary>Names one session of one connection; made by the frontend, unique for ever, in logs and events.</summary>
[GenerateSerializer, Immutable]
public readonly record struct SessionId([property: Id(0)] Guid Value)
{
    /// <summary>For acts that no session causes (administration).</summary>
    public static readonly SessionId None;

    public static SessionId New(TimeProvider time) => new(Guid.CreateVersion7(time.GetUtcNow()));

    public override string ToString() => Value.ToString("N");
}
