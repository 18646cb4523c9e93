using System.Diagnostics;
using MailGrains.Model;
using MailGrains.Storage.Commit;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace MailGrains.Storage.Tests.Commit;

[Collection(RunsAlone)]
public sealed class CommitterOverheadTests(ITestOutputHelper output)
{
    private const string RunsAlone = "Allocations of the whole process";

    [CollectionDefinition(RunsAlone, DisableParallelization = true)]
    public sealed class Alone;

    /// <summary>The figure is printed, not asserted: times belong to the machine. Allocation is ours.</summary>
    [Fact]
    public async Task Handing_in_a_commit_costs_little()
    {
        const int Count = 400_000;
        var store = new ScriptedMailboxStore { Answer = ScriptedMailboxStore.AllCommitted };
        await using var committer = new Committer(store, new ScriptedBodyStore { Instant = true }, NullLogger<Committer>.Instance);
        var commit = Commits.Make(new AccountId(Guid.CreateVersion7()), 1);
        var tasks = new Task[Count];

        var before = GC.GetTotalAllocatedBytes(precise: true);
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < Count; i++) tasks[i] = committer.CommitAsync(commit);
        await Task.WhenAll(tasks);
        var elapsed = Stopwatch.GetElapsedTime(started);
        var allocated = (GC.GetTotalAllocatedBytes(precise: true) - before) / Count;

        output.WriteLine($"{Count / elapsed.TotalSeconds:N0} commits/s, {allocated} bytes each");
        Assert.True(allocated < 400, $"{allocated} bytes allocated for a commit");
    }
}
