using System.Collections.Concurrent;
using System.Net;

namespace MailGrains.Frontends.Connections;

/// <summary>
/// Every open connection of this process: the caps are counted here, and one timer sweeps all deadlines once a second.
/// A sweep over 10,000 connections costs well under a millisecond; a timer per connection would cost memory in each.
/// </summary>
public sealed class ConnectionRegistry : IDisposable
{
    private static readonly TimeSpan SweepPeriod = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, LineConnection> _open = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<IPAddress, int> _perAddress = new();
    private readonly ConnectionLimits _limits;
    private readonly TimeProvider _time;
    private readonly ConnectionIdSource _ids;
    private readonly ITimer _sweeper;
    private readonly long _started;
    private long _tick;
    private int _total;

    public ConnectionRegistry(ConnectionLimits limits, TimeProvider time)
    {
        _limits = limits;
        _time = time;
        _ids = new ConnectionIdSource(time);
        _started = time.GetTimestamp();
        _sweeper = time.CreateTimer(static self => ((ConnectionRegistry)self!).Sweep(), this, SweepPeriod, SweepPeriod);
    }

    /// <summary>The sessions open now, for listings and for ending one.</summary>
    public IEnumerable<LineConnection> Open => _open.Values;

    public int Count => Volatile.Read(ref _total);

    /// <summary>Whole seconds since the registry began, as of the last sweep: a clock that costs one memory read.</summary>
    internal long Tick => Volatile.Read(ref _tick);

    internal TimeProvider Time => _time;

    internal string NextId() => _ids.Next();

    /// <summary>Counts a connection in, or says no because a cap is reached. Each true wants one <see cref="Release"/>.</summary>
    internal bool TryAdmit(IPAddress? client)
    {
        if (Interlocked.Increment(ref _total) > _limits.Total)
        {
            Interlocked.Decrement(ref _total);
            return false;
        }

        if (Exempt(client) || _perAddress.AddOrUpdate(client!, 1, static (_, n) => n + 1) <= _limits.PerAddress)
            return true;

        Release(client);
        return false;
    }

    internal void Release(IPAddress? client)
    {
        Interlocked.Decrement(ref _total);
        if (Exempt(client))
            return;

        if (_perAddress.AddOrUpdate(client!, 0, static (_, n) => n - 1) <= 0)
            _perAddress.TryRemove(new KeyValuePair<IPAddress, int>(client!, 0));
    }

    internal void Add(LineConnection connection) => _open[connection.Info.Id] = connection;

    internal void Remove(LineConnection connection) => _open.TryRemove(connection.Info.Id, out _);

    private static bool Exempt(IPAddress? client) => client is null || IPAddress.IsLoopback(client);

    private void Sweep()
    {
        var tick = (long)_time.GetElapsedTime(_started).TotalSeconds;
        Volatile.Write(ref _tick, tick);
        foreach (var (_, connection) in _open)
            connection.CheckDeadlines(tick);
    }

    public void Dispose() => _sweeper.Dispose();
}
