using MailGrains.Grains.Mailboxes.Turns;

namespace MailGrains.Grains.Mailboxes.Events;

/// <summary>Login and Logout (RFC 5423 section 4.3).</summary>
internal static class SessionEvents
{
    public static void Login(MailboxTurn turn) => EventWriter.Begin(turn, "Login").End();

    /// <param name="duration">Since the session was opened.</param>
    public static void Logout(MailboxTurn turn, TimeSpan duration)
    {
        var writer = EventWriter.Begin(turn, "Logout");
        writer.Json.WriteNumber("durationMs"u8, (long)duration.TotalMilliseconds);
        writer.End();
    }
}
