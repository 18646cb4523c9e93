using System.Text.Json;
using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Grains.Mailboxes.Turns;

namespace MailGrains.Grains.Mailboxes.Events;

/// <summary>LoginFailed, the acts of administrators and what is done with a mailbox as a whole: what concerns the account and no folder of it.</summary>
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
            json.WriteString("reason"u8, ReasonOf(failure));
        }
        else if (happened.Address is not null)
        {
            json.WriteString("address"u8, happened.Address);
        }

        if (happened.AccountVersion is { } version) json.WriteNumber("accountVersion"u8, version);
        if (happened is { Details: { } details, Failure: null }) Details(json, details);
        return writer.End();
    }

    private static void Details(Utf8JsonWriter json, EventDetails details)
    {
        foreach (var detail in details.Items)
        {
            if (detail.Text is { } text) json.WriteString(detail.Name, text);
            else json.WriteNumber(detail.Name, detail.Number);
        }
    }

    private static ReadOnlySpan<byte> ReasonOf(LoginFailure failure) => failure switch
    {
        LoginFailure.Disabled => "disabled"u8,
        LoginFailure.Limit => "limit"u8,
        _ => "credentials"u8,
    };

    private static string NameOf(AccountEventType type) =>
        Enum.GetName(type) ?? throw new ArgumentOutOfRangeException(nameof(type));
}
