using MailGrains.Grains.Contracts.Calls;
using MailGrains.Grains.Contracts.Directory;
using MailGrains.Model;
using MailGrains.Storage.Accounts;

namespace MailGrains.Frontends.Http.Changelog;

/// <summary>Whether an account holds a role, itself or through groups.</summary>
internal sealed class RoleHolders(IGrainFactory grains, TimeProvider time)
{
    private IDirectoryGrain Whole => grains.GetGrain<IDirectoryGrain>(0);

    public async Task<bool> HoldsAsync(AccountId account, string role, CancellationToken cancellation)
    {
        var roles = await Patience.CallAsync(time, Whole.ListRolesAsync, cancellation);
        var level = roles.Where(r => r.Role == role).Select(r => r.Holder).ToList();
        var seen = new HashSet<Guid>();
        for (var depth = 0; level.Count > 0; depth++)
        {
            if (level.Exists(m => !m.Id.IsGroup && m.Id.ToAccount() == account)) return true;
            if (depth == IDirectoryStore.MaxGroupDepth) return false;
            var next = new List<MemberProfile>();
            foreach (var group in level.Where(m => m.Id.IsGroup && seen.Add(m.Id.Value))) next.AddRange(await MembersAsync(group.Name, cancellation));
            level = next;
        }

        return false;
    }

    private async Task<IEnumerable<MemberProfile>> MembersAsync(string group, CancellationToken cancellation)
    {
        try
        {
            return await Patience.CallAsync(time, () => Whole.ListMembersAsync(group), cancellation);
        }
        catch (DirectoryException gone) when (gone.Error == DirectoryError.NotFound)
        {
            return [];
        }
    }
}
