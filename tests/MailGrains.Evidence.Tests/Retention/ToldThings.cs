using MailGrains.Evidence.Retention;
using Microsoft.Extensions.Logging;

namespace MailGrains.Evidence.Tests.Retention;

/// <summary>Keeps what operators are warned of.</summary>
internal sealed class ToldThings : ILogger<LogRetention>
{
    public List<string> Warnings { get; } = [];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (logLevel == LogLevel.Warning) Warnings.Add(formatter(state, exception));
    }
}
