using System.Collections.Immutable;
using System.Text;
using MailGrains.Model.Accounts;
using MailGrains.Storage.Events;

namespace MailGrains.Storage.Accounts;

/// <summary>All groups, roles and domains at one moment: what the directory's log begins with, and goes on from where its beginning is removed.</summary>
/// <param name="Members">Of all groups.</param>
public sealed record DirectoryContents(
    IReadOnlyList<GroupRecord> Groups,
    IReadOnlyList<(GroupId Group, MemberRecord Member)> Members,
    IReadOnlyList<RoleRecord> Roles,
    IReadOnlyList<DomainRecord> Domains)
{
    /// <summary>The longest text of one member of an event, and how many an event has beside those of every act.</summary>
    private const int MaxText = 4096;
    private const int MaxDetails = 14;

    /// <summary>
    /// As events: DirectorySnapshot, which says how many follow that belong to it, and these. Lists are text, with blanks between; what is too long for a
    /// member goes on in the next, with a number behind the name, and what is too long for an event in another of the same kind.
    /// </summary>
    public IReadOnlyList<DirectoryChange> ToChanges()
    {
        var members = Members.ToLookup(m => m.Group, m => m.Member);
        List<DirectoryChange> parts =
        [
            .. Groups.SelectMany(g => InParts("GroupSnapshot", DirectoryChange.Group(g), Lists(members[g.Id]))),
            .. Roles.GroupBy(r => r.Role, r => r.Holder, StringComparer.Ordinal)
                .SelectMany(r => InParts("RoleSnapshot", [new("role", r.Key)], Lists(r))),
            .. InParts("DomainSnapshot", [], Domains.OrderBy(d => d.Disabled).Select(d => (d.Disabled ? "disabled" : "domains", d.Name))),
        ];
        return [new DirectoryChange("DirectorySnapshot", [new("events", null, parts.Count)]), .. parts];
    }

    private static IEnumerable<(string List, string Item)> Lists(IEnumerable<MemberRecord> members) => members
        .OrderBy(m => m.Member.IsGroup)
        .Select(m => m.Member.IsGroup ? ("groups", DirectoryChange.Text(m.Member)) : ("accounts", $"{DirectoryChange.Text(m.Member)}:{m.Name}"));

    /// <param name="items">Those of a list one after the other.</param>
    private static IEnumerable<DirectoryChange> InParts(string type, ImmutableArray<ActDetail> head, IEnumerable<(string List, string Item)> items)
    {
        var (details, text, list, part) = (head.ToBuilder(), new StringBuilder(), "", 0);
        foreach (var (next, item) in items)
        {
            if (text.Length > 0 && (next != list || text.Length + 1 + item.Length > MaxText)) Flush();
            if (details.Count == MaxDetails)
            {
                yield return new DirectoryChange(type, details.ToImmutable());
                (details, part) = (head.ToBuilder(), 0);
            }

            if (next != list) (list, part) = (next, 0);
            if (text.Length > 0) text.Append(' ');
            text.Append(item);
        }

        if (text.Length > 0) Flush();
        if (details.Count > 0) yield return new DirectoryChange(type, details.ToImmutable());

        void Flush()
        {
            details.Add(new ActDetail(EventMembers.PartOf(list, part++), text.ToString()));
            text.Clear();
        }
    }
}
