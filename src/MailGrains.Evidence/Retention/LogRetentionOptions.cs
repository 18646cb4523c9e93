namespace MailGrains.Evidence.Retention;

/// <summary>How long events are kept in the log.</summary>
/// <param name="KeepFor">At least so long.</param>
/// <param name="Subscribers">Those who must have started in a partition before anything is removed from it, beside all that have.</param>
public sealed record LogRetentionOptions(TimeSpan KeepFor, IReadOnlyCollection<string> Subscribers)
{
    /// <summary>How often it is looked for what can go.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromMinutes(5);
}
