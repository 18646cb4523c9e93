using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace MailGrains.ClusterTls.Tests;

/// <summary>Keeps the lines of one node.</summary>
internal sealed class RecordedLog : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<(int Id, string Text)> _lines = new();

    public IEnumerable<string> Of(int id) => _lines.Where(l => l.Id == id).Select(l => l.Text);

    /// <summary>All lines with this id, once there are so many.</summary>
    public async Task<List<string>> WaitAsync(int id, int count, CancellationToken cancellation)
    {
        while (true)
        {
            var lines = Of(id).ToList();
            if (lines.Count >= count) return lines;
            cancellation.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue((eventId.Id, formatter(state, exception)));

    public void Dispose()
    {
    }
}
