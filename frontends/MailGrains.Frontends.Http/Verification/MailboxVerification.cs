using MailGrains.Frontends.Http.Accounts;
using MailGrains.Frontends.Http.Messages;
using MailGrains.Grains.Contracts.Directory;
using MailGrains.Grains.Contracts.Folders;
using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Model.Columns;
using MailGrains.Storage.Events;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace MailGrains.Frontends.Http.Verification;

/// <summary>
/// Checks one mailbox against itself: counters against entries, entries against contents, contents against the SHA-256 of their octets, and the chain of
/// its events. Repair recomputes counters; a damaged body can't be made whole.
/// </summary>
internal sealed class MailboxVerification(
    AccountDirectory directory, IGrainFactory grains, StoredMessages stored, IEventLog events, TimeProvider time)
{
    private const int MaxReadings = 20;

    public void Map(IEndpointRouteBuilder api) => api.MapPost("/accounts/{name}/verify", VerifyAsync);

    internal async Task<VerificationReport> VerifyAsync(HttpContext context, string name, bool? repair, CancellationToken cancellation)
    {
        var profile = await directory.FindAsync(name);
        var mailbox = grains.GetGrain<IMailboxGrain>(profile.Id.Value);
        var repaired = repair == true && await mailbox.RecountAsync();
        var problems = new List<MailboxProblem>();

        var chain = await new EventChain(events).VerifyAsync(profile.Id, cancellation);
        if (chain.BrokenAt is { } number) problems.Add(new MailboxProblem(null, null, $"the chain of events is broken at number {number}"));
        var tree = await mailbox.ListAsync();
        long messages = 0, octets = 0;
        await using var reading = await FolderReading.OpenAsync(mailbox, AdminAccess.OriginOf(context), time);
        foreach (var folder in tree.Folders)
        {
            var (rows, status) = await ReadAsync(mailbox, reading, folder.Path);
            problems.AddRange(FolderCheck.Compare(folder.Path, status, rows));
            messages += rows.Count;
            octets += await VerifyMessagesAsync(profile, folder.Path, rows, problems, cancellation);
        }

        return new VerificationReport(profile.Login, tree.Folders.Length, messages, octets, chain.Events, repaired, problems);
    }

    /// <summary>
    /// Entries and counters of one moment: both are read again until nothing has changed in between. No counters of a folder that is gone, or
    /// changes all the time.
    /// </summary>
    private static async Task<(MessageRows Rows, FolderStatus? Status)> ReadAsync(IMailboxGrain mailbox, FolderReading reading, string path)
    {
        var (before, rows) = (await StatusAsync(mailbox, path), MessageRows.Empty);
        for (var tries = 0; before is not null && tries < MaxReadings; tries++)
        {
            try
            {
                rows = (await reading.RowsAsync(path)).Rows;
            }
            catch (MailboxException deleted) when (deleted.Error == MailboxError.NonExistent)
            {
                return (MessageRows.Empty, null);
            }

            var after = await StatusAsync(mailbox, path);
            if (after?.HighestModSeq == before.HighestModSeq) return (rows, after);
            before = after;
        }

        return (rows, null);
    }

    private static async Task<FolderStatus?> StatusAsync(IMailboxGrain mailbox, string path) =>
        (await mailbox.StatusAsync(new FolderPaths([path]))).Items[0];

    private async Task<long> VerifyMessagesAsync(
        AccountProfile profile, string folder, MessageRows rows, List<MailboxProblem> problems, CancellationToken cancellation)
    {
        long octets = 0;
        await foreach (var (row, message, problem) in stored.ReadAsync(profile.Id, rows, cancellation))
        {
            using (message)
            {
                var wrong = problem ?? FolderCheck.Examine(row, message!);
                if (wrong is not null) problems.Add(new MailboxProblem(folder, row.Uid, wrong));
                octets += message?.Length ?? 0;
            }
        }

        return octets;
    }
}
