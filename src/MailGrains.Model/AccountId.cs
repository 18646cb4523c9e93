using Orleans;

namespace MailGrains.Model;

/// <summary>
/// Names one account, and with it one mailbox: all folders and messages of that account. Never an address: addresses
/// come and go, the account and its mailbox stay.
/// </summary>
[GenerateSerializer, Immutable]
public readonly record struct AccountId([property: Id(0)] Guid Value)
{
    /// <summary>A fresh id, ordered by time of creation so that stores cluster young accounts together.</summary>
    public static AccountId New(TimeProvider time) => new(Guid.CreateVersion7(time.GetUtcNow()));

    public static bool TryParse(string? text, out AccountId id)
    {
        var ok = Guid.TryParse(text, out var value);
        id = new AccountId(value);
        return ok;
    }

    public override string ToString() => Value.ToString("N");
}
