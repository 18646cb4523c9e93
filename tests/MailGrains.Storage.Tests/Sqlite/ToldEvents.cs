using System.Collections.Concurrent;
using MailGrains.Storage.Sqlite;
using Microsoft.Extensions.Logging;

namespace MailGrains.Storage.Tests.Sqlite;

/// <summary>Keeps what a store tells operators.</summary>
internal sealed class ToldEvents : ILogger<SqliteMailboxStore>
{
    private readonly ConcurrentQueue<(LogLevel Level, int Id)> _told = [];

    /// <summary>The ids of what was told at this level or above.</summary>
    public IEnumerable<int> Ids(LogLevel level) => _told.Where(t => t.Level >= level).Select(t => t.Id);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _told.Enqueue((logLevel, eventId.Id));
}
