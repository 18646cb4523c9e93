using System.Buffers.Binary;
using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Grains.Mailboxes.Turns;
using MailGrains.Model;
using MailGrains.Storage.Accounts;

namespace MailGrains.Grains.Directory;

/// <summary>
/// Administrative acts on their way from the directory, where they are written with what they did, to the log of the mailbox. Whoever brings them, and
/// however often: an act is in the log once.
/// </summary>
internal static class OwedActs
{
    /// <summary>All of one account, in order; on return the mailbox has them.</summary>
    public static async Task BringAsync(IGrainFactory grains, AccountId account, IEnumerable<OwedAct> acts)
    {
        var mailbox = grains.GetGrain<IMailboxGrain>(account.Value);
        foreach (var act in acts)
        {
            var type = Enum.Parse<AccountEventType>(act.Type);
            if (type == AccountEventType.AccountDisable) await mailbox.EvictSessionsAsync("This account has been disabled.");
            if (type == AccountEventType.AccountDelete) await mailbox.EvictSessionsAsync("This account has been deleted.");
            await mailbox.RecordAsync(new AccountEvent
            {
                Type = type,
                Origin = TurnOrigin.Administration with { Login = act.Actor, ClientAddress = act.Client },
                Address = act.Address,
                AccountVersion = act.Version,
                Operation = OperationOf(account, act.Version),
            });
        }
    }

    /// <summary>The same whenever this act is recorded again.</summary>
    private static BlobId OperationOf(AccountId account, long version)
    {
        Span<byte> name = stackalloc byte[25];
        name[0] = (byte)'A';
        account.Value.TryWriteBytes(name[1..], bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(name[17..], version);
        return BlobId.Of(name);
    }
}
