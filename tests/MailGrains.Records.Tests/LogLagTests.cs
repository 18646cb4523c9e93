using MailGrains.Storage.Events;

namespace MailGrains.Records.Tests;

/// <summary>Waiting for what is derived from the log, and waking it where it doesn't get on.</summary>
public sealed class LogLagTests
{
    private readonly MemoryLog _log = new();
    private readonly SteeredClock _time = new();
    private readonly Dictionary<int, long> _reached = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_does_not_get_on_is_woken_and_nothing_else()
    {
        var account = _log.NewAccount(1);
        _log.Write(account, "MailboxCreate", Members.Folder(1));
        var woken = new List<int>();
        var lag = new LogLag(Progress, _log, _time)
        {
            Wake = (partition, _) =>
            {
                woken.Add(partition);
                _reached[partition] = _log.Head(partition);
                return Task.CompletedTask;
            },
        };
        Assert.True(await lag.HasCaughtUpAsync(TimeSpan.FromMinutes(1), Cancellation));
        Assert.Equal([1], woken);
    }

    [Fact]
    public async Task Patience_ends()
    {
        _log.Write(_log.NewAccount(0), "MailboxCreate", Members.Folder(1));
        Assert.False(await new LogLag(Progress, _log, _time).HasCaughtUpAsync(TimeSpan.FromSeconds(3), Cancellation));
        _reached[0] = 1;
        Assert.True(await new LogLag(Progress, _log, _time).HasCaughtUpAsync(TimeSpan.Zero, Cancellation));
    }

    /// <summary>A second goes by with each look.</summary>
    private Task<IReadOnlyDictionary<int, long>> Progress(CancellationToken cancellation)
    {
        _time.Run(TimeSpan.FromSeconds(1));
        return Task.FromResult<IReadOnlyDictionary<int, long>>(_reached);
    }
}
