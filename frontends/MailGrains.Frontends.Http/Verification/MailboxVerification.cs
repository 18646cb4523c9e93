using MailGrains.Frontends.Http.Accounts;
using MailGrains.Frontends.Http.Messages;
using MailGrains.Grains.Contracts.Directory;
using MailGrains.Grains.Contracts.Folders;
using MailGrains.Grains.Contracts.Mailboxes;
using MailGrains.Grains.Contracts.Messages;
using MailGrains.Model.Columns;
using MailGrains.Storage.Events;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace MailGrains.Frontends.Http.Verification;

/// <summary>
/// Checks one mailbox against itself and its log: counters against entries, entries against contents, contents against the SHA-256 of their octets, the chain
/// of its events, and folders and entries against what the events say. Repair recomputes counters; a damaged body can't be made whole.
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
        using var run = new Run(profile, new LogComparison(events, profile.Id));
        try
        {
            var repaired = repair == true && await mailbox.RecountAsync();
            await CompareTreeAsync(mailbox, run, cancellation);
            await using (var reading = await FolderReading.OpenAsync(mailbox, AdminAccess.OriginOf(context), time))
            {
                foreach (var path in run.Paths) await VerifyFolderAsync(mailbox, reading, path, run, cancellation);
                run.Add(await run.Log.FollowToEndAsync(cancellation));
            }

            // The session's Logout is shown, and with it whatever was in the log before.
            run.Add(run.Log.CompareBeyond(await mailbox.TotalsAsync()));
            return run.Report(repaired);
        }
        catch (MailboxException unreadable) when (unreadable.Error == MailboxError.Unavailable)
        {
            // Damage, or a store that is away: other mailboxes are looked at all the same.
            run.Add(new MailboxProblem(null, null, $"it can't be read, for the reason in the server's log: {unreadable.Message}"));
            return run.Report(repaired: false);
        }
    }

    /// <summary>Folders, totals and the end of the log, all of one moment; of a mailbox that changes all the time nothing is said.</summary>
    private static async Task CompareTreeAsync(IMailboxGrain mailbox, Run run, CancellationToken cancellation)
    {
        for (var tries = 0; tries < MaxReadings; tries++)
        {
            var before = await mailbox.TotalsAsync();
            var tree = await mailbox.ListAsync();
            var folders = await mailbox.StatusAsync(new FolderPaths([.. tree.Folders.Select(f => f.Path)]));
            run.Paths = [.. tree.Folders.Select(f => f.Path)];
            if ((await mailbox.TotalsAsync()).Events != before.Events) continue;
            await run.Log.FollowToAsync(before.Events, cancellation);
            run.Add(await run.Log.CompareEndAsync(before, cancellation));
            foreach (var problem in run.Log.Compare(tree).Concat(FolderCheck.Compare(before, folders))) run.Add(problem);
            return;
        }
    }

    private async Task VerifyFolderAsync(IMailboxGrain mailbox, FolderReading reading, string path, Run run, CancellationToken cancellation)
    {
        try
        {
            var (rows, status) = await ReadAsync(mailbox, reading, path);
            foreach (var problem in FolderCheck.Compare(path, status, rows.Rows)) run.Add(problem);
            var logged = status is null ? null : await run.Log.FolderAtAsync(status, cancellation);
            var comparison = logged is null ? null : new FolderComparison(path, logged, rows.Keywords);
            foreach (var problem in comparison?.Compare(status!) ?? []) run.Add(problem);
            await VerifyMessagesAsync(path, rows.Rows, comparison, run, cancellation);
            foreach (var problem in comparison?.Missing() ?? []) run.Add(problem);
        }
        catch (MailboxException unreadable) when (unreadable.Error == MailboxError.Unavailable)
        {
            run.Add(new MailboxProblem(path, null, $"it can't be read, for the reason in the server's log: {unreadable.Message}"));
        }
    }

    /// <summary>
    /// Entries and counters of one moment: both are read again until nothing has changed in between. No counters of a folder that is gone, or
    /// changes all the time.
    /// </summary>
    private static async Task<(RowsResult Rows, FolderStatus? Status)> ReadAsync(IMailboxGrain mailbox, FolderReading reading, string path)
    {
        var (before, rows) = (await StatusAsync(mailbox, path), FolderReading.Nothing);
        for (var tries = 0; before is not null && tries < MaxReadings; tries++)
        {
            try
            {
                rows = await reading.RowsAsync(path);
            }
            catch (MailboxException deleted) when (deleted.Error == MailboxError.NonExistent)
            {
                return (FolderReading.Nothing, null);
            }

            var after = await StatusAsync(mailbox, path);
            if (after?.HighestModSeq == before.HighestModSeq) return (rows, after);
            before = after;
        }

        return (rows, null);
    }

    private static async Task<FolderStatus?> StatusAsync(IMailboxGrain mailbox, string path) =>
        (await mailbox.StatusAsync(new FolderPaths([path]))).Items[0];

    private async Task VerifyMessagesAsync(string path, MessageRows rows, FolderComparison? comparison, Run run, CancellationToken cancellation)
    {
        run.Messages += rows.Count;
        await foreach (var (row, message, problem) in stored.ReadAsync(run.Profile.Id, rows, cancellation))
        {
            using (message)
            {
                if ((problem ?? FolderCheck.Examine(row, message!)) is { } wrong) run.Add(new MailboxProblem(path, row.Uid, wrong));
                foreach (var difference in comparison?.Compare(row, message?.Record) ?? []) run.Add(difference);
                run.Octets += message?.Length ?? 0;
            }
        }
    }

    /// <summary>One mailbox that is being verified.</summary>
    private sealed class Run(AccountProfile profile, LogComparison log) : IDisposable
    {
        private readonly List<MailboxProblem> _problems = [];

        public AccountProfile Profile => profile;

        public LogComparison Log => log;

        public IReadOnlyList<string> Paths { get; set; } = [];

        public long Messages { get; set; }

        public long Octets { get; set; }

        public void Add(MailboxProblem? problem)
        {
            if (problem is not null) _problems.Add(problem);
        }

        public VerificationReport Report(bool repaired) => new(profile.Login, Paths.Count, Messages, Octets, log.Events, repaired, _problems);

        public void Dispose() => log.Dispose();
    }
}
