using System.Diagnostics;
using MailGrains.Bench.Client;

namespace MailGrains.Bench.Rows;

/// <summary>A connection in IDLE whose own thread notes when each EXISTS arrived.</summary>
internal sealed class IdleWatcher : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private readonly ImapConnection _imap;
    private readonly SemaphoreSlim _heard = new(0);
    private long _heardAt;

    /// <summary>Takes over a connection with a folder selected and listens for <paramref name="count"/> notices.</summary>
    public IdleWatcher(ImapConnection imap, int count)
    {
        _imap = imap;
        imap.BeginIdle();
        new Thread(() => Listen(count)) { IsBackground = true }.Start();
    }

    /// <summary>Waits for the next notice; milliseconds from <paramref name="accepted"/> to it, 0 when it overtook the reply.</summary>
    public double WaitSince(long accepted)
    {
        if (!_heard.Wait(s_patience))
            throw new InvalidOperationException("no EXISTS in IDLE after an accepted delivery");
        return Math.Max(0, Volatile.Read(ref _heardAt) - accepted) * 1000.0 / Stopwatch.Frequency;
    }

    public void Dispose() => _imap.Dispose();

    // A connection that breaks is noticed by whoever waits in vain.
    private void Listen(int count)
    {
        try
        {
            for (var i = 0; i < count; i++)
            {
                _imap.AwaitExists();
                Volatile.Write(ref _heardAt, Stopwatch.GetTimestamp());
                _heard.Release();
            }
        }
        catch (Exception exception) when (exception is IOException or System.Net.Sockets.SocketException or ObjectDisposedException)
        {
        }
    }
}
