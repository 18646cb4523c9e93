using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Grains.Mailboxes.Turns;

namespace MailGrains.Grains.Mailboxes.Events;

/// <summary>LoginFailed and the acts of administrators: what concerns the account and no folder of it.</summary>
internal static class AccountEvents
{
    /// <returns>The event's sequence.</returns>
    public static long Write(MailboxTurn turn, AccountEvent happened)
    {
        var writer = EventWriter.Begin(turn, NameOf(happened.Type));
        var json = writer.Json;
        if (happened.Failure is { } failure)
        {
            json.WriteString("login"u8, happened.Address);
            if (happened.Origin.AuthMechanism is { } mechanism) json.WriteString("authMechanism"u8, mechanism);
            json.WriteString("reason"u8, failure == LoginFailure.Disabled ? "disabled"u8 : "credentials"u8);
        }
        else if (happened.Address is not null)
        {
            json.WriteString("address"u8, happened.Address);
        }

        if (happened.AccountVersion is { } version) json.WriteNumber("accountVersion"u8, version);
        return writer.End();
    }

    private static string NameOf(AccountEventType type) =>
        Enum.GetName(type) ?? throw new ArgumentOutOfRangeException(nameof(type));
}
