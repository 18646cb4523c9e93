using Xunit;

namespace MailGrains.Storage.Tests.Packs;

/// <summary>Tells the test when a flush has begun, and holds it until the test opens.</summary>
internal sealed class FlushGate : IDisposable
{
    private readonly SemaphoreSlim _arrived = new(0);
    private readonly SemaphoreSlim _open = new(0);

    public Task ArrivedAsync() => _arrived.WaitAsync(TestContext.Current.CancellationToken);

    public void Open() => _open.Release();

    public void Pass()
    {
        _arrived.Release();
        _open.Wait();
    }

    public void Dispose()
    {
        _arrived.Dispose();
        _open.Dispose();
    }
}
