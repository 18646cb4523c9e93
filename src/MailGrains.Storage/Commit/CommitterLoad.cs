namespace MailGrains.Storage.Commit;

/// <summary>How busy the committer of this process is, for work that can wait while mail comes in. From any thread.</summary>
public sealed class CommitterLoad(TimeProvider time)
{
    /// <summary>Short enough that what waits goes on soon after a crowd, long enough for some groups on a slow disk.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(250);

    private readonly Lock _lock = new();
    private long _since = time.GetTimestamp();
    private TimeSpan _writing;
    private double _share;

    /// <summary>The part of the last moments in which groups were being written, from 0 to 1.</summary>
    public double Share
    {
        get
        {
            lock (_lock)
            {
                EndWindow();
                return _share;
            }
        }
    }

    /// <summary>Whether it writes more than half of the time: commits come in a crowd, or the disk has all it can do.</summary>
    public bool IsBusy => Share > 0.5;

    /// <summary>A group was written in this time.</summary>
    public void Wrote(TimeSpan took)
    {
        lock (_lock)
        {
            EndWindow();
            _writing += took;
        }
    }

    private void EndWindow()
    {
        var elapsed = time.GetElapsedTime(_since);
        if (elapsed < Window) return;

        // Groups overlap: one is gathered while the one before is in its transaction.
        _share = Math.Min(1, _writing / elapsed);
        (_since, _writing) = (time.GetTimestamp(), TimeSpan.Zero);
    }
}
