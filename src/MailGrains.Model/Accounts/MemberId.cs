using Orleans;

namespace MailGrains.Model.Accounts;

/// <summary>Who can be a member of a group or hold a role: an account, or a group with all its members.</summary>
[GenerateSerializer, Immutable]
public readonly record struct MemberId([property: Id(0)] Guid Value, [property: Id(1)] bool IsGroup)
{
    public static implicit operator MemberId(AccountId account) => new(account.Value, false);

    public static implicit operator MemberId(GroupId group) => new(group.Value, true);

    public AccountId ToAccount() => new(Value);

    public GroupId ToGroup() => new(Value);

    public override string ToString() => Value.ToString("N");
}
