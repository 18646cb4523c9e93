using MailGrains.Model;
using MailGrains.Storage.Commit;
using MailGrains.Storage.Events;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace MailGrains.Storage.Tests.Commit;

public sealed class EventSignalTests
{
    [Fact]
    public async Task Those_who_follow_the_log_are_told_when_a_group_is_durable_and_not_before()
    {
        var (store, signal) = (new ScriptedMailboxStore(), new EventSignal());
        await using var committer = new Committer(store, new ScriptedBodyStore(), NullLogger<Committer>.Instance, appended: signal);
        for (var modSeq = 1; modSeq <= 3; modSeq++)
        {
            var told = signal.Next;
            var commit = committer.CommitAsync(Commits.Make(new AccountId(Guid.CreateVersion7()), modSeq, eventBytes: 1));
            var transaction = await store.NextAsync();
            Assert.False(told.IsCompleted);
            transaction.Commit();
            await commit;
            await told;
        }
    }
}
