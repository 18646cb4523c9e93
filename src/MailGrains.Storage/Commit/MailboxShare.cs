using MailGrains.Model;

namespace MailGrains.Storage.Commit;

/// <summary>The commits of one mailbox and epoch within a group, in their order: one head to write, one fence to pass.</summary>
public sealed class MailboxShare
{
    private MailboxShare(AccountId account, long epoch)
    {
        Account = account;
        Epoch = epoch;
    }

    public AccountId Account { get; }

    public long Epoch { get; }

    public List<MailboxCommit> Commits { get; } = [];

    /// <summary>The engine's own row number of the mailbox. What null means is the engine's to say.</summary>
    public long? Mailbox { get; set; }

    /// <summary>Divides a group; <paramref name="shareOf"/> receives the index of each commit's share.</summary>
    public static List<MailboxShare> Divide(IReadOnlyList<MailboxCommit> group, Span<int> shareOf)
    {
        var shares = new List<MailboxShare>();
        var byOwner = new Dictionary<(AccountId, long), int>(group.Count);
        for (var i = 0; i < group.Count; i++)
        {
            var commit = group[i];
            if (!byOwner.TryGetValue((commit.Account, commit.Epoch), out var index))
            {
                byOwner[(commit.Account, commit.Epoch)] = index = shares.Count;
                shares.Add(new MailboxShare(commit.Account, commit.Epoch));
            }

            shares[index].Commits.Add(commit);
            shareOf[i] = index;
        }

        return shares;
    }
}
