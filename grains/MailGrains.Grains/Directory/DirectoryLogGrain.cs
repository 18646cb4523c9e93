using System.Globalization;
using System.Text;
using MailGrains.Grains.Cluster;
using MailGrains.Grains.Contracts.Directory;
using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Grains.Mailboxes.Turns;
using MailGrains.Model;
using MailGrains.Model.Accounts;
using MailGrains.Storage.Accounts;

namespace MailGrains.Grains.Directory;

/// <inheritdoc cref="IDirectoryLogGrain"/>
/// <remarks>
/// An act is struck out after it was written; what a crash leaves between is written again, and is in the log once, as its number is that of an operation of
/// the log's own mailbox. Two activations at once could write in another order: whoever reads goes by the numbers.
/// </remarks>
[NotOnDrainingNodes]
internal sealed class DirectoryLogGrain(IDirectoryActStore acts) : Grain, IDirectoryLogGrain
{
    /// <summary>Acts a call brings: each is a commit, and calls wait for each other.</summary>
    internal const int Round = 500;

    public async Task<bool> BringAsync()
    {
        var owed = await acts.ReadActsAsync(Round, CancellationToken.None);
        if (owed.Count == 0) return true;
        var log = GrainFactory.GetGrain<IMailboxGrain>(DirectoryLog.Id.Value);
        foreach (var act in owed) await log.RecordAsync(EventOf(act));
        await acts.SettleActsAsync(owed[^1].Number, CancellationToken.None);
        return owed.Count < Round;
    }

    internal static AccountEvent EventOf(DirectoryAct act) => new()
    {
        Type = Enum.Parse<AccountEventType>(act.Type),
        Origin = TurnOrigin.Administration with { Login = act.Origin.Actor, ClientAddress = act.Origin.Client },
        Operation = BlobId.Of(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"directory act {act.Number}"))),
        Details = act.Details.Aggregate(
            EventDetails.None.With("change", act.Number).With("changedAt", act.Origin.At),
            (details, detail) => detail.Text is { } text ? details.With(detail.Name, text) : details.With(detail.Name, detail.Number)),
    };
}
