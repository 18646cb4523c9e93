using System.Collections.Concurrent;
using System.Net.Sockets;
using MailGrains.TestKit.Clients;

namespace MailGrains.TestKit.Checking;

/// <summary>What the clients of one round have in common.</summary>
/// <param name="checker">Is told what the clients are told.</param>
/// <param name="users">Accounts with the password <see cref="Password"/> and a folder Archive.</param>
/// <param name="round">Makes names and random numbers of each round different.</param>
/// <param name="ends">Where each connection goes; asked before each.</param>
/// <param name="onFailure">What a client does when its connection breaks.</param>
internal sealed class LoadRun(Checker checker, IReadOnlyList<string> users, int round, LoadEnds ends, OnFailure onFailure)
{
    public const string Password = "load";

    /// <summary>A node that is down refuses at once; asking it again at once would only heat the machine.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly TaskCompletionSource _working = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<string> _surprises = new();
    private readonly ConcurrentDictionary<string, int> _refusals = new();
    private int _acknowledged;
    private int _broken;

    public Checker Checker => checker;

    public IReadOnlyList<string> Users => users;

    public int Round => round;

    public LoadEnds Ends => ends;

    /// <summary>Set when clients shall finish what they are at, and end.</summary>
    public bool IsOver { get; set; }

    /// <summary>The first operation was acknowledged.</summary>
    public Task Working => _working.Task;

    /// <summary>Operations the server said it did.</summary>
    public int AcknowledgedCount => _acknowledged;

    /// <summary>Connections that broke.</summary>
    public int BrokenCount => _broken;

    /// <summary>Answers there is no reason for.</summary>
    public IReadOnlyCollection<string> Surprises => _surprises;

    /// <summary>Temporary refusals by their text, where those are to be expected.</summary>
    public IReadOnlyDictionary<string, int> Refusals => _refusals;

    public void Acknowledged()
    {
        Interlocked.Increment(ref _acknowledged);
        _working.TrySetResult();
    }

    /// <summary>
    /// The operation was refused: for good, or because a node is in trouble. NO says that nothing was done and nothing will be; 4yz of LMTP leaves that
    /// open, for its client delivers again.
    /// </summary>
    public void Refused(MessageHistory history, string answer)
    {
        var isTolerated = Tolerates(answer);
        if (!isTolerated || answer.StartsWith("NO ", StringComparison.Ordinal)) history.Refused();
        if (isTolerated) return;
        _surprises.Enqueue($"{history.Token}: {answer}");
    }

    /// <summary>Runs a client until its connection breaks; where that is to be expected, again and again until the run is over.</summary>
    public async Task RunClientAsync(Func<Task> client)
    {
        while (!IsOver)
        {
            try
            {
                await client();
            }
            catch (Exception dead) when (dead is IOException or SocketException)
            {
                Interlocked.Increment(ref _broken);
                if (onFailure == OnFailure.End) return;
                await Task.Delay(Pause);
            }
            catch (RefusedException refused) when (Tolerates(refused.Answer))
            {
                await Task.Delay(Pause);
            }
        }
    }

    /// <summary>4yz of LMTP, and NO of IMAP with a code that says "later".</summary>
    private bool Tolerates(string answer)
    {
        var isTemporary = answer.StartsWith('4') || answer.StartsWith("NO [UNAVAILABLE]", StringComparison.Ordinal);
        if (onFailure == OnFailure.End || !isTemporary) return false;
        _refusals.AddOrUpdate(answer, 1, (_, count) => count + 1);
        return true;
    }
}
