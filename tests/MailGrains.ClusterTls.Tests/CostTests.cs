using System.Diagnostics;
using MailGrains.TestKit;
using Xunit;

namespace MailGrains.ClusterTls.Tests;

/// <summary>What the protection costs calls from a frontend to a silo. Run by hand on a quiet machine: <c>-explicit only</c>.</summary>
public sealed class CostTests(ITestOutputHelper output)
{
    private const int Callers = 32;

    /// <summary>In turns: what else the machine does hits both.</summary>
    private const int Rounds = 3;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(4);

    [Theory(Explicit = true)]
    [InlineData(16)]
    [InlineData(10_000)]
    public async Task Protected_calls_cost_less_than_three_plain_ones(int octets)
    {
        using var folder = new TemporaryFolder();
        using var authority = new Authority(folder.Path, "cluster");
        var (plain, protectedRate) = (0.0, 0.0);
        for (var round = 0; round < Rounds; round++)
        {
            plain = Math.Max(plain, await RateAsync(null, null, octets));
            protectedRate = Math.Max(protectedRate, await RateAsync(authority.Issue("silo"), authority.Issue("client"), octets));
        }

        Assert.InRange(protectedRate, plain / 3, double.MaxValue);
    }

    /// <summary>Calls per second of 32 callers at once; the latency is one caller's, alone.</summary>
    private async Task<double> RateAsync(ClusterTlsOptions? siloTls, ClusterTlsOptions? clientTls, int octets)
    {
        await using var silo = await ClusterNode.SiloAsync(siloTls);
        await using var client = await ClusterNode.ClientAsync(clientTls, silo);
        var grains = Enumerable.Range(0, Callers).Select(key => client.Grains.GetGrain<IWhereGrain>(key)).ToList();
        var load = new byte[octets];
        await Task.WhenAll(grains.Select(grain => CallAsync(grain, load, WarmUp)));

        var alone = await CallAsync(grains[0], load, Measured);
        var latencies = (await Task.WhenAll(grains.Select(grain => CallAsync(grain, load, Measured)))).SelectMany(times => times).Order().ToList();
        alone.Sort();
        var rate = latencies.Count / Measured.TotalSeconds;
        output.WriteLine(
            $"{octets} octets {(siloTls is null ? "plain" : "TLS")}: {rate:F0} calls/s with {Callers} callers, p50 {Us(latencies, 50)} p99 {Us(latencies, 99)} µs; "
            + $"one caller p50 {Us(alone, 50)} p99 {Us(alone, 99)} µs");
        return rate;
    }

    private static async Task<List<long>> CallAsync(IWhereGrain grain, byte[] load, TimeSpan duration)
    {
        var times = new List<long>();
        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < duration)
        {
            var start = Stopwatch.GetTimestamp();
            await grain.EchoAsync(load);
            times.Add(Stopwatch.GetTimestamp() - start);
        }

        return times;
    }

    private static string Us(List<long> sorted, int percent) => $"{sorted[(sorted.Count - 1) * percent / 100] * 1e6 / Stopwatch.Frequency:F0}";
}
