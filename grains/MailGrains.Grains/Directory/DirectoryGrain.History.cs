using System.Collections.Immutable;
using MailGrains.Grains.Contracts.Directory;
using MailGrains.Model.Accounts;
using MailGrains.Storage.Accounts;

namespace MailGrains.Grains.Directory;

internal sealed partial class DirectoryGrain
{
    private const int LogPage = 1000;

    public async Task<ImmutableArray<MemberProfile>> ListMembersAsOfAsync(string group, DateTimeOffset moment)
    {
        if (moment > time.GetUtcNow()) throw new DirectoryException(DirectoryError.OutsideLog, $"{moment.UtcDateTime:u} has not come yet.");
        await DirectoryLogs.BringAllAsync(GrainFactory);
        return [.. new GroupHistory(await ReadLogAsync()).MembersAsOf(group, moment)];
    }

    private async Task<List<DirectoryEvent>> ReadLogAsync()
    {
        var read = new List<DirectoryEvent>();
        for (var after = 0L; ;)
        {
            var events = await log.ReadMailboxAsync(DirectoryLog.Id, after, LogPage, CancellationToken.None);
            read.AddRange(events.Select(e => DirectoryEvent.Read(e.Event)).OfType<DirectoryEvent>());
            if (events.Count < LogPage) return read;
            after = events[^1].Event.Sequence;
        }
    }

    private ActOrigin Origin(AdminActor? by) => new(by?.Name, by?.ClientAddress, time.GetUtcNow());

    private Task RecordAsync() => DirectoryLogs.TryBringAsync(GrainFactory, logger);
}
