using System.Diagnostics;
using MailGrains.Bench.Servers;

namespace MailGrains.Bench.Bonnie;

/// <summary>Asks once a second how far log and subscribers are.</summary>
internal sealed class BonnieWatcher : IDisposable
{
    private static readonly TimeSpan s_period = TimeSpan.FromSeconds(1);

    private readonly AdminApi _admin;
    private readonly BonnieLoad _load;
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly long _eventsBefore;
    private readonly List<BonnieSample> _samples = [];
    private readonly ManualResetEventSlim _end = new();
    private readonly Thread _thread;
    private Exception? _failure;

    public BonnieWatcher(AdminApi admin, BonnieLoad load)
    {
        _admin = admin;
        _load = load;
        _eventsBefore = admin.Events();
        _thread = new Thread(Watch);
        _thread.Start();
    }

    public double Seconds => Stopwatch.GetElapsedTime(_started).TotalSeconds;

    /// <summary>Ends the watching, with a last look.</summary>
    public IReadOnlyList<BonnieSample> Finish()
    {
        _end.Set();
        _thread.Join();
        if (_failure is not null)
            throw new InvalidOperationException("The server did not say how far its subscribers are: " + _failure.Message, _failure);
        return _samples;
    }

    public void Dispose()
    {
        _end.Set();
        _thread.Join();
        _end.Dispose();
    }

    private void Watch()
    {
        try
        {
            do
                Look();
            while (!_end.Wait(s_period));
            Look();
        }
        catch (Exception failure)
        {
            _failure = failure;
        }
    }

    private void Look()
    {
        // The log first: what a subscriber had handled before that is not beyond it.
        var events = _admin.Events() - _eventsBefore;
        _samples.Add(new BonnieSample(Seconds, _load.Delivered, events, _admin.Pending()));
    }
}
