using System.Diagnostics;
using System.Reflection;
using MailGrains.Frontends.Lmtp;
using MailGrains.Microbench.Benchmarks;
using MailGrains.Microbench.Host;
using Xunit;

namespace MailGrains.Performance.Tests;

/// <summary>
/// Bytes allocated per operation, against budgets of a quarter above what was measured. Who goes over one has made a hot path dearer: find
/// out why, and raise the budget only for something that is worth it. Bytes and not times, so that a busy machine is no reason to fail.
/// </summary>
[Collection(nameof(Alone))]
public sealed class AllocationBudgetTests(ITestOutputHelper output)
{
    private static readonly bool IsDebugBuild =
        typeof(LmtpProtocol).Assembly.GetCustomAttribute<DebuggableAttribute>() is { IsJITOptimizerDisabled: true };

    public static TheoryData<string, int> Commands => new(
        Budgets.Commands.Select(budget => new TheoryDataRow<string, int>(budget.Command, budget.Bytes)));

    [Theory]
    [MemberData(nameof(Commands))]
    public void Parsing_a_command(string command, int budget)
    {
        var parse = new ParseBenchmarks { Command = command };
        parse.SetUp();
        Assert.NotNull(parse.Parse().Command);
        Judge(Allocation.PerOperation(() => parse.Parse()), budget);
    }

    [Fact]
    public void Rendering_a_FETCH_row_allocates_nothing()
    {
        var rows = new FetchRowBenchmarks();
        Judge(Allocation.PerOperation(rows.UidFlags), 0);
        Judge(Allocation.PerOperation(rows.Envelope), 0);
        Judge(Allocation.PerOperation(rows.BodyStructure), 0);
    }

    [Fact]
    public async Task A_NOOP_round_trip()
    {
        var noop = new NoopBenchmarks();
        await noop.SetUpAsync();
        Judge(await Allocation.PerOperationAsync(async () => await noop.RoundTripAsync(), 500), Budgets.Noop);
        await noop.CleanUpAsync();
    }

    [Theory]
    [InlineData(StoreKind.InMemory, Budgets.DeliveryInMemory)]
    [InlineData(StoreKind.SqlitePacks, Budgets.DeliverySqlitePacks)]
    public async Task An_LMTP_delivery_of_10_KB(StoreKind store, int budget)
    {
        var delivery = new DeliveryBenchmarks { Store = store };
        await delivery.SetUpAsync();
        Judge(await Allocation.PerOperationAsync(async () => await delivery.LmtpAsync(), 200), budget);
        await delivery.CleanUpAsync();
    }

    private void Judge(double bytes, int budget)
    {
        output.WriteLine($"{bytes:N0} of {budget:N0} bytes");
        Assert.SkipWhen(IsDebugBuild, "In a Debug build every async method allocates; the budgets are for Release.");
        Assert.True(bytes <= budget, $"allocated {bytes:N0} bytes per operation, budget {budget:N0}");
    }
}
