using System.Runtime.InteropServices;

namespace MailGrains.Hosting;

/// <summary>SIGTERM and Ctrl+C while there is no host yet that would listen to them.</summary>
internal sealed class StopRequest : IDisposable
{
    private readonly CancellationTokenSource _asked = new();
    private readonly PosixSignalRegistration[] _signals;

    public StopRequest() => _signals =
        [PosixSignalRegistration.Create(PosixSignal.SIGTERM, Ask), PosixSignalRegistration.Create(PosixSignal.SIGINT, Ask)];

    public CancellationToken Token => _asked.Token;

    /// <summary>From here on the host listens.</summary>
    /// <exception cref="OperationCanceledException">The end was asked for before.</exception>
    public void LeaveToHost()
    {
        foreach (var signal in _signals) signal.Dispose();
        Token.ThrowIfCancellationRequested();
    }

    public void Dispose()
    {
        foreach (var signal in _signals) signal.Dispose();
        _asked.Dispose();
    }

    private void Ask(PosixSignalContext signal)
    {
        signal.Cancel = true;
        _asked.Cancel();
    }
}
