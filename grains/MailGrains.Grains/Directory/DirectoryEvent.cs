using System.Globalization;
using System.Text.Json;
using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Model;
using MailGrains.Model.Accounts;
using MailGrains.Storage.Events;

namespace MailGrains.Grains.Directory;

/// <summary>What an event of the directory's log says of groups; what concerns none is none.</summary>
/// <param name="Change">The number of the change, in the order in which changes were made.</param>
/// <param name="Members">Of a change the one member, of a snapshot those it lists; the names of groups are empty there.</param>
internal sealed record DirectoryEvent(
    long Change, DateTimeOffset At, AccountEventType Type, GroupId Group, string GroupName, IReadOnlyList<(MemberId Id, string Name)> Members)
{
    /// <summary>null: it says nothing of groups.</summary>
    public static DirectoryEvent? Read(EventWrite written)
    {
        if (!Enum.TryParse<AccountEventType>(written.Type, out var type) || !IsOfGroups(type)) return null;
        using var json = JsonDocument.Parse(written.Payload);
        var said = json.RootElement;
        var at = DateTimeOffset.Parse(EventMembers.Text(said, "changedAt")!, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);
        var group = Guid.TryParse(EventMembers.Text(said, "group"), out var id) ? new GroupId(id) : default;
        var name = EventMembers.Text(said, "groupName") ?? "";
        return new DirectoryEvent(said.GetProperty("change").GetInt64(), at, type, group, name, [.. Member(said), .. Accounts(said), .. Groups(said)]);
    }

    private static bool IsOfGroups(AccountEventType type) => type is AccountEventType.DirectorySnapshot or AccountEventType.GroupSnapshot
        or AccountEventType.GroupCreate or AccountEventType.GroupDelete or AccountEventType.GroupMemberAdd or AccountEventType.GroupMemberRemove;

    private static IEnumerable<(MemberId Id, string Name)> Member(JsonElement said)
    {
        if (!Guid.TryParse(EventMembers.Text(said, "member"), out var id)) yield break;
        yield return (new MemberId(id, EventMembers.Text(said, "memberKind") == "group"), EventMembers.Text(said, "memberName") ?? "");
    }

    /// <summary>Each is an id, a colon, and the login.</summary>
    private static IEnumerable<(MemberId Id, string Name)> Accounts(JsonElement said) => EventMembers.List(said, "accounts", ' ').Select(item =>
    {
        var colon = item.IndexOf(':', StringComparison.Ordinal);
        return (new MemberId(Guid.Parse(item[..colon]), IsGroup: false), item[(colon + 1)..]);
    });

    private static IEnumerable<(MemberId Id, string Name)> Groups(JsonElement said) =>
        EventMembers.List(said, "groups", ' ').Select(item => (new MemberId(Guid.Parse(item), IsGroup: true), ""));
}
