using System.Buffers.Binary;
using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Grains.Contracts.Sessions;
using MailGrains.Grains.Mailboxes.Turns;
using MailGrains.Model;

namespace MailGrains.Grains.Directory;

/// <summary>An administrative act, kept with the account until the mailbox's log has it.</summary>
/// <param name="Version">The account's version after the act.</param>
[GenerateSerializer, Immutable]
internal sealed record AccountAct([property: Id(0)] AccountEventType Type, [property: Id(1)] string? Address, [property: Id(2)] long Version)
{
    public AccountEvent ToEvent(AccountId account) => new()
    {
        Type = Type,
        Origin = TurnOrigin.Administration,
        Address = Address,
        AccountVersion = Version,
        Operation = OperationOf(account),
    };

    /// <summary>The same whenever this act is recorded again.</summary>
    private BlobId OperationOf(AccountId account)
    {
        Span<byte> name = stackalloc byte[25];
        name[0] = (byte)'A';
        account.Value.TryWriteBytes(name[1..], bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(name[17..], Version);
        return BlobId.Of(name);
    }
}
