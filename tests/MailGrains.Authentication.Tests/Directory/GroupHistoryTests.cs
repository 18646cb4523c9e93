using MailGrains.Grains.Contracts.Directory;
using MailGrains.Model;
using MailGrains.Model.Accounts;
using MailGrains.Storage.Accounts;

namespace MailGrains.Authentication.Tests.Directory;

/// <summary>Random histories of groups in groups: who the log says was a member at any moment is who was one then.</summary>
public sealed class GroupHistoryTests : IAsyncLifetime
{
    private const int Steps = 120;
    private const int Questions = 150;

    private static readonly string[] GroupNames = ["a", "b", "c", "d", "e"];

    private readonly DirectoryCluster _cluster = new();
    private readonly List<AccountId> _accounts = [];
    private readonly Dictionary<string, HashSet<string>> _groups = [];
    private readonly List<(DateTimeOffset At, Dictionary<string, HashSet<string>> Groups)> _history = [];

    public ValueTask InitializeAsync() => _cluster.InitializeAsync();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task The_log_knows_the_members_of_every_moment_since_it_began(int seed)
    {
        var random = new Random(seed);
        for (var n = 0; n < 8; n++) await AddAccountAsync();

        // Of a version that wrote no log.
        _cluster.Committer.IsBroken = true;
        for (var n = 0; n < 25; n++) await StepAsync(random);
        _cluster.Committer.IsBroken = false;
        await _cluster.Directory.SettleActsAsync(long.MaxValue, CancellationToken.None);
        _cluster.Clock.Advance(TimeSpan.FromSeconds(10));
        var begin = _cluster.Clock.GetUtcNow();
        await SnapshotAsync();
        Note();

        for (var n = 0; n < Steps; n++)
        {
            _cluster.Clock.Advance(TimeSpan.FromMilliseconds(random.Next(4) * 500));
            await StepAsync(random);
            Note();
            if (random.Next(40) == 0) await SnapshotAsync();
        }

        var length = (_cluster.Clock.GetUtcNow() - begin).TotalMilliseconds;
        for (var n = 0; n < Questions; n++) await AskAsync(begin.AddMilliseconds(Math.Floor(random.NextDouble() * length)), GroupNames[random.Next(GroupNames.Length)]);
        foreach (var (at, _) in _history.Take(20)) await AskAsync(at, GroupNames[random.Next(GroupNames.Length)]);
        var early = await Assert.ThrowsAsync<DirectoryException>(() => _cluster.Whole.ListMembersAsOfAsync("a", begin.AddMilliseconds(-1)));
        Assert.Equal(DirectoryError.OutsideLog, early.Error);
        Assert.Contains($"begins at {begin.UtcDateTime:u}", early.Message, StringComparison.Ordinal);
        var late = await Assert.ThrowsAsync<DirectoryException>(() => _cluster.Whole.ListMembersAsOfAsync("a", _cluster.Clock.GetUtcNow().AddSeconds(1)));
        Assert.Equal(DirectoryError.OutsideLog, late.Error);
    }

    private async Task StepAsync(Random random)
    {
        var name = GroupNames[random.Next(GroupNames.Length)];
        if (!_groups.TryGetValue(name, out var members))
        {
            await _cluster.Whole.CreateGroupAsync(name, null);
            _groups[name] = [];
            return;
        }

        switch (random.Next(12))
        {
            case 0:
                await _cluster.Whole.DeleteGroupAsync(name);
                _groups.Remove(name);
                foreach (var other in _groups.Values) other.Remove("group " + name);
                break;
            case 1:
                var deleted = _accounts[random.Next(_accounts.Count)];
                await _cluster.Grains.GetGrain<IAccountGrain>(deleted.Value).DeleteAsync();
                _accounts.Remove(deleted);
                foreach (var other in _groups.Values) other.Remove(deleted.ToString());
                await AddAccountAsync();
                break;
            case 2:
                await _cluster.Grains.GetGrain<IAccountGrain>(_accounts[random.Next(_accounts.Count)].Value).SetDisabledAsync(random.Next(2) == 0);
                break;
            case 3 or 4 or 5:
                var inner = _groups.Keys.Order().ElementAt(random.Next(_groups.Count));
                var added = await TriesAsync(async () => await _cluster.Whole.AddMemberAsync(name, (await _cluster.Whole.GetGroupAsync(inner)).Id));
                Assert.Equal(!Inside(_groups, inner).Groups.Contains(name), added);
                if (added) members.Add("group " + inner);
                break;
            case 6 or 7 when members.Count > 0:
                var leaving = members.Order().ElementAt(random.Next(members.Count));
                await _cluster.Whole.RemoveMemberAsync(name, await IdAsync(leaving));
                members.Remove(leaving);
                break;
            default:
                var account = _accounts[random.Next(_accounts.Count)];
                await _cluster.Whole.AddMemberAsync(name, account);
                members.Add(account.ToString());
                break;
        }
    }

    private async Task AskAsync(DateTimeOffset moment, string name)
    {
        var then = _history.FindLast(h => h.At <= moment).Groups;
        if (!then.ContainsKey(name))
        {
            var refused = await Assert.ThrowsAsync<DirectoryException>(() => _cluster.Whole.ListMembersAsOfAsync(name, moment));
            Assert.Equal(DirectoryError.NotFound, refused.Error);
            return;
        }

        var members = await _cluster.Whole.ListMembersAsOfAsync(name, moment);
        Assert.Equal(Inside(then, name).Accounts.Order(), members.Select(m => m.Id.ToAccount().ToString()).Order());
        Assert.All(members, m => Assert.Contains("@example.org", m.Name, StringComparison.Ordinal));
    }

    private static (HashSet<string> Groups, HashSet<string> Accounts) Inside(Dictionary<string, HashSet<string>> groups, string name)
    {
        var (seen, accounts, waiting) = (new HashSet<string> { name }, new HashSet<string>(), new Stack<string>([name]));
        while (waiting.TryPop(out var next))
        {
            foreach (var member in groups[next])
            {
                if (!member.StartsWith("group ", StringComparison.Ordinal)) accounts.Add(member);
                else if (seen.Add(member[6..])) waiting.Push(member[6..]);
            }
        }

        return (seen, accounts);
    }

    private static async Task<bool> TriesAsync(Func<Task> change)
    {
        try
        {
            await change();
            return true;
        }
        catch (DirectoryException refused) when (refused.Error == DirectoryError.Loop)
        {
            return false;
        }
    }

    private async Task<MemberId> IdAsync(string member) => member.StartsWith("group ", StringComparison.Ordinal)
        ? (await _cluster.Whole.GetGroupAsync(member[6..])).Id
        : AccountId.TryParse(member, out var id) ? id : throw new ArgumentException(member);

    private async Task AddAccountAsync()
    {
        var account = _cluster.NewAccount();
        await account.CreateAsync(_cluster.NewAddress(), null);
        _accounts.Add(DirectoryCluster.IdOf(account));
    }

    private async Task SnapshotAsync()
    {
        var now = _cluster.Clock.GetUtcNow();
        Assert.True(await _cluster.Directory.SnapshotAsync(now, now.AddTicks(10), CancellationToken.None));
    }

    private void Note() => _history.Add((_cluster.Clock.GetUtcNow(), _groups.ToDictionary(g => g.Key, g => g.Value.ToHashSet())));
}
