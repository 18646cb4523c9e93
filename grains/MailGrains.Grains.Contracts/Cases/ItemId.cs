using System.Globalization;
using MailGrains.Model;
using Orleans;

namespace MailGrains.Grains.Contracts.Cases;

/// <summary>A message of a custodian: one content, in however many folders it lay. Written as <c>custodian.email</c>, such as <c>3.1042</c>.</summary>
[GenerateSerializer, Immutable]
public readonly record struct ItemId([property: Id(0)] int Custodian, [property: Id(1)] EmailId Email)
{
    public static bool TryParse(string? text, out ItemId item)
    {
        item = default;
        var parts = (text ?? "").Split('.');
        if (parts.Length != 2
            || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var custodian) || custodian == 0
            || !long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var email) || email == 0)
            return false;
        item = new ItemId(custodian, new EmailId(email));
        return true;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Custodian}.{Email.Value}");
}
