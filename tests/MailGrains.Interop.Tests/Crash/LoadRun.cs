using System.Collections.Concurrent;
using MailGrains.Interop.Tests.Server;

namespace MailGrains.Interop.Tests.Crash;

/// <summary>What the clients of one round have in common. They all end when the server dies.</summary>
internal sealed class LoadRun(ServerProcess server, Checker checker, IReadOnlyList<string> users, int round)
{
    public const string Password = "load";

    private readonly TaskCompletionSource _working = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<string> _surprises = new();
    private int _acknowledged;

    public ServerProcess Server => server;

    public Checker Checker => checker;

    public IReadOnlyList<string> Users => users;

    public int Round => round;

    /// <summary>The first operation was acknowledged.</summary>
    public Task Working => _working.Task;

    /// <summary>Operations the server said it did.</summary>
    public int AcknowledgedCount => _acknowledged;

    /// <summary>Refusals; there is no reason for any.</summary>
    public IReadOnlyCollection<string> Surprises => _surprises;

    public void Acknowledged()
    {
        Interlocked.Increment(ref _acknowledged);
        _working.TrySetResult();
    }

    public void Surprise(string what) => _surprises.Enqueue(what);

    /// <summary>Runs a client until its connection breaks.</summary>
    public static async Task UntilDeathAsync(Func<Task> client)
    {
        try
        {
            await client();
        }
        catch (Exception dead) when (dead is IOException or System.Net.Sockets.SocketException or EndOfStreamException)
        {
            // That is how every round ends.
        }
    }
}
