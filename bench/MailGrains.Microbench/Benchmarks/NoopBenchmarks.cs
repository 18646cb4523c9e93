using BenchmarkDotNet.Attributes;
using MailGrains.Microbench.Host;

namespace MailGrains.Microbench.Benchmarks;

/// <summary>NOOP in a selected folder: pipe → frontend → grain → frontend → pipe.</summary>
public class NoopBenchmarks
{
    private static readonly byte[] Noop = "n NOOP\r\n"u8.ToArray();
    private static readonly byte[] Ok = "n OK"u8.ToArray();
    private MailHost _host = null!;
    private LineClient _client = null!;

    [GlobalSetup]
    public async Task SetUpAsync()
    {
        _host = await MailHost.StartAsync(StoreKind.InMemory);
        _client = await _host.ConnectImapAsync();
    }

    [Benchmark]
    public async Task RoundTripAsync() => await _client.RunAsync(Noop, Ok);

    [GlobalCleanup]
    public async Task CleanUpAsync()
    {
        await _client.DisposeAsync();
        await _host.DisposeAsync();
    }
}
