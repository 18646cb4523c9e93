using System.Collections.Immutable;
using MailGrains.Grains.Contracts.Directory;
using MailGrains.Model.Accounts;
using MailGrains.Storage.Accounts;
using MailGrains.Storage.Events;

namespace MailGrains.Grains.Directory;

internal sealed partial class DirectoryGrain
{
    public async Task<ImmutableArray<MemberProfile>> ListMembersAsOfAsync(string group, DateTimeOffset moment)
    {
        if (moment > time.GetUtcNow()) throw new DirectoryException(DirectoryError.OutsideLog, $"{moment.UtcDateTime:u} has not come yet.");
        await DirectoryLogs.BringAllAsync(GrainFactory);
        return [.. new GroupHistory(await ReadLogAsync()).MembersAsOf(group, moment)];
    }

    private async Task<List<DirectoryEvent>> ReadLogAsync()
    {
        var read = new List<DirectoryEvent>();
        await foreach (var record in log.ReadAllAsync(DirectoryLog.Id, CancellationToken.None))
            if (DirectoryEvent.Read(record.Event) is { } said) read.Add(said);
        return read;
    }

    private ActOrigin Origin(AdminActor? by) => DirectoryLogs.OriginOf(by, time);

    private Task RecordAsync() => DirectoryLogs.TryBringAsync(GrainFactory, logger);
}
