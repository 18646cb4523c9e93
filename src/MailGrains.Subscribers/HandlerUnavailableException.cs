namespace MailGrains.Subscribers;

/// <summary>A handler can't work now and no event is to blame: its disk is full, its server doesn't answer.</summary>
public sealed class HandlerUnavailableException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>How long the server asked to be left alone; the next attempt comes no earlier, within reason.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
