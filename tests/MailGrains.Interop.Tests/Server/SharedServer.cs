using Xunit;

namespace MailGrains.Interop.Tests.Server;

/// <summary>One server for all tests that neither kill it nor need settings of its own; each makes accounts of its own in it.</summary>
public sealed class SharedServer : IAsyncLifetime
{
    public const string Password = "correct horse";

    private readonly SemaphoreSlim _gate = new(1);
    private ServerProcess? _server;
    private int _accounts;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>Started when the first test asks.</summary>
    internal async Task<ServerProcess> GetAsync()
    {
        await _gate.WaitAsync();
        try
        {
            return _server ??= await ServerProcess.StartAsync();
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>A fresh account with <see cref="Password"/>; returns its address.</summary>
    internal async Task<string> NewAccountAsync(string hint)
    {
        var address = $"{hint}{Interlocked.Increment(ref _accounts)}@example.org";
        await (await GetAsync()).Cli.AddAccountAsync(address, Password);
        return address;
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
        _gate.Dispose();
    }
}
