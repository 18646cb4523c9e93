using MailGrains.Grains.Contracts.Sessions;

namespace MailGrains.Grains.Mailboxes.Turns;

/// <summary>Who makes a change, and when.</summary>
internal readonly record struct TurnOrigin(SessionId Session, SessionOrigin Origin, DateTimeOffset At)
{
    /// <summary>The node itself, or an administrator without a session.</summary>
    public static readonly SessionOrigin Administration = new() { Service = "admin", IsAdmin = true };

    public uint Seconds => (uint)Math.Clamp(At.ToUnixTimeSeconds(), 0, uint.MaxValue);
}
