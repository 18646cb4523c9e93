using BenchmarkDotNet.Attributes;
using MailGrains.Microbench.Host;

namespace MailGrains.Microbench.Benchmarks;

/// <summary>One 10 KB message over LMTP, from MAIL to the 250 that promises it is durable.</summary>
public class DeliveryBenchmarks
{
    private MailHost _host = null!;
    private LineClient _client = null!;
    private LmtpRelay _relay = null!;

    [Params(StoreKind.InMemory, StoreKind.SqlitePacks, StoreKind.PostgreSql)]
    public StoreKind Store { get; set; }

    [GlobalSetup]
    public async Task SetUpAsync()
    {
        _host = await MailHost.StartAsync(Store);
        _client = await _host.ConnectLmtpAsync();
        _relay = new LmtpRelay(_client);
    }

    [Benchmark]
    public async Task LmtpAsync() => await _relay.DeliverAsync();

    [GlobalCleanup]
    public async Task CleanUpAsync()
    {
        await _client.DisposeAsync();
        await _host.DisposeAsync();
    }
}
