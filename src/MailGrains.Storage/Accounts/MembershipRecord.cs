namespace MailGrains.Storage.Accounts;

/// <summary>The names of the groups somebody is in, directly or through other groups, and of the roles held, by itself or through them.</summary>
/// <param name="Groups">Each once, in ordinal order.</param>
/// <param name="Roles">Each once, in ordinal order.</param>
public sealed record MembershipRecord(IReadOnlyList<string> Groups, IReadOnlyList<string> Roles)
{
    /// <param name="names">In any order; a role may come more than once.</param>
    public static MembershipRecord Of(IEnumerable<(bool IsRole, string Name)> names)
    {
        var known = names.Distinct().OrderBy(n => n.Name, StringComparer.Ordinal).ToLookup(n => n.IsRole, n => n.Name);
        return new MembershipRecord([.. known[false]], [.. known[true]]);
    }
}
